import type { Expression, LetDeclaration } from "./ast.js";

export interface OrderedLets {
  /** Each needs only those before it; none is in a circle. */
  readonly ordered: readonly LetDeclaration[];
  /** Each needs the next, the last needs the first. */
  readonly circles: readonly (readonly LetDeclaration[])[];
}

/**
 * Puts `let`s in an order in which they can be worked out, whatever order they are written in. Walks without
 * recursion, so that a thousand definitions that build on one another are no deeper than one.
 */
export function orderLets(lets: ReadonlyMap<string, LetDeclaration>): OrderedLets {
  const ordered: LetDeclaration[] = [];
  const circles: LetDeclaration[][] = [];
  const inCircle = new Set<LetDeclaration>();
  const done = new Set<LetDeclaration>();

  for (const root of lets.values()) {
    /** The way from the root to where we are, each with what it still has to look at. */
    const path = done.has(root) ? [] : [{ at: root, needs: needsOf(root, lets) }];
    const places = new Map(path.map((each, i) => [each.at, i]));
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const next = last.needs.pop();
      if (next === undefined) {
        path.pop();
        places.delete(last.at);
        done.add(last.at);
        if (!inCircle.has(last.at)) ordered.push(last.at);
        continue;
      }
      const place = places.get(next);
      if (place !== undefined) {
        const circle = path.slice(place).map((each) => each.at);
        for (const each of circle) inCircle.add(each);
        circles.push(circle);
      } else if (!done.has(next)) {
        places.set(next, path.length);
        path.push({ at: next, needs: needsOf(next, lets) });
      }
    }
  }
  return { ordered, circles };
}

/** The `let`s that a `let` names, the last one first. */
function needsOf(of: LetDeclaration, lets: ReadonlyMap<string, LetDeclaration>): LetDeclaration[] {
  const found = new Set<LetDeclaration>();
  const open = [of.value];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const named = each.kind === "name" ? lets.get(each.name) : undefined;
    if (named !== undefined) found.add(named);
    open.push(...partsOf(each));
  }
  return [...found];
}

function partsOf(of: Expression): readonly Expression[] {
  switch (of.kind) {
    case "number":
    case "bool":
    case "name":
      return [];
    case "prefix":
      return [of.operand];
    case "binary":
      return [of.left, of.right];
    case "history":
      return [of.of, of.by];
    case "member":
      return [of.of];
    case "method":
      return [of.of, ...of.arguments.map((each) => each.value)];
    case "call":
      return of.arguments.map((each) => each.value);
    case "conditional":
      return [of.condition, of.then, of.else];
  }
}
