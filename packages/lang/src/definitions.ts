import type { Action, Definition, Expression } from "./ast.js";
import { components } from "./components.js";
import { expressionsIn, partsOfExpression } from "./expression-parts.js";
import type { UserFunction } from "./scope.js";

/** A `let` or `state` with the clock on which it is worked out. */
export interface PlacedDefinition {
  readonly declaration: Definition;
  readonly clock: string | null;
}

export interface OrderedDefinitions {
  /** Each needs only those before it, and older values of any; none is in a circle. */
  readonly ordered: readonly PlacedDefinition[];
  /** Each needs the next, the last needs the first. */
  readonly circles: readonly (readonly PlacedDefinition[])[];
}

/** What a definition reads: now, and in all, with what it reads as it was on earlier bars. */
interface Needs {
  readonly now: readonly PlacedDefinition[];
  readonly all: readonly PlacedDefinition[];
}

export const namesOf = ({ declaration }: PlacedDefinition): readonly string[] =>
  declaration.kind === "let" && declaration.parts !== null
    ? declaration.parts.map((each) => each.name)
    : [declaration.name.name];

/**
 * Puts definitions in an order in which they can be worked out, whatever order they are written in. A value that goes
 * on from its own past is no circle. Walks without recursion, so that a thousand definitions that build on one another
 * are no deeper than one.
 */
export function orderDefinitions(
  definitions: readonly PlacedDefinition[],
  functionNamed: (name: string) => UserFunction | undefined,
): OrderedDefinitions {
  const named = new Map(definitions.flatMap((each) => namesOf(each).map((name) => [name, each] as const)));
  const inFunctions = new Map<UserFunction, ReadonlySet<string>>();
  const needs = new Map(definitions.map((each) => [each, needsOf(each, named, functionNamed, inFunctions)]));
  const of = (each: PlacedDefinition): Needs => needs.get(each) ?? { now: [], all: [] };

  const ordered: PlacedDefinition[] = [];
  const circles: PlacedDefinition[][] = [];
  for (const together of components(definitions, (each) => of(each).all)) {
    const [only] = together;
    if (together.length === 1 && !of(only).now.includes(only)) {
      ordered.push(only);
      continue;
    }
    const inside = new Set(together);
    const { order, circles: found } = sorted(together, (each) =>
      of(each).now.filter((one) => inside.has(one)),
    );
    ordered.push(...order);
    circles.push(...found);
  }
  return { ordered, circles };
}

/** Depth first over what each needs; whatever meets itself on the way is in a circle. */
function sorted(
  all: readonly PlacedDefinition[],
  needs: (of: PlacedDefinition) => readonly PlacedDefinition[],
): { order: PlacedDefinition[]; circles: PlacedDefinition[][] } {
  const order: PlacedDefinition[] = [];
  const circles: PlacedDefinition[][] = [];
  const inCircle = new Set<PlacedDefinition>();
  const done = new Set<PlacedDefinition>();
  for (const root of all) {
    /** The way from the root to where we are, each with what it still has to look at. */
    const path = done.has(root) ? [] : [{ at: root, needs: [...needs(root)].reverse() }];
    const places = new Map(path.map((each, i) => [each.at, i]));
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const next = last.needs.pop();
      if (next === undefined) {
        path.pop();
        places.delete(last.at);
        done.add(last.at);
        if (!inCircle.has(last.at)) order.push(last.at);
        continue;
      }
      const place = places.get(next);
      if (place !== undefined) {
        const circle = path.slice(place).map((each) => each.at);
        for (const each of circle) inCircle.add(each);
        circles.push(circle);
      } else if (!done.has(next)) {
        places.set(next, path.length);
        path.push({ at: next, needs: [...needs(next)].reverse() });
      }
    }
  }
  return { order, circles };
}

function needsOf(
  of: PlacedDefinition,
  named: ReadonlyMap<string, PlacedDefinition>,
  functionNamed: (name: string) => UserFunction | undefined,
  inFunctions: Map<UserFunction, ReadonlySet<string>>,
): Needs {
  const { declaration } = of;
  const now = new Set<PlacedDefinition>();
  const all = new Set<PlacedDefinition>();
  const isState = declaration.kind === "state";
  const open: { readonly at: Expression; readonly isPast: boolean }[] = valuesOf(declaration).map((at) => ({
    at,
    isPast: false,
  }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, isPast } = next;
    const called = at.kind === "call" ? functionNamed(at.callee.name) : undefined;
    const names =
      at.kind === "name"
        ? [at.name]
        : called === undefined
          ? []
          : freeNames(called, functionNamed, inFunctions);
    for (const name of names) {
      const needed = named.get(name);
      // A state reads what it has come to so far by its own name.
      if (needed === undefined || (isState && needed === of)) continue;
      if (!isPast || at.kind !== "name") now.add(needed);
      all.add(needed);
    }
    for (const part of partsOfExpression(at))
      open.push({ at: part, isPast: at.kind === "history" && part === at.of && looksBack(at.by) });
  }
  return { now: [...now], all: [...all] };
}

/** Whether `x[by]` is surely an earlier value; by a parameter it is judged when that has a value. */
const looksBack = (by: Expression): boolean => by.kind !== "number" || by.value >= 1;

function valuesOf(of: Definition): Expression[] {
  if (of.kind === "let") return [of.value];
  const reset = of.reset.kind === "when" ? [of.reset.condition] : [];
  return [of.initial, ...reset, ...of.actions.flatMap(actionValues)];
}

function actionValues(of: Action): Expression[] {
  if (of.kind === "set") return [of.value];
  return [of.condition, ...[...of.actions, ...of.otherwise].flatMap(actionValues)];
}

/** The names that a function, and those it calls, take from around them. */
function freeNames(
  of: UserFunction,
  functionNamed: (name: string) => UserFunction | undefined,
  known: Map<UserFunction, ReadonlySet<string>>,
): ReadonlySet<string> {
  const before = known.get(of);
  if (before !== undefined) return before;
  const free = new Set<string>();
  const reached = new Set([of]);
  // A set that grows while it is walked.
  for (const { declaration } of reached) {
    const { parameters, definitions, value } = declaration;
    const own = new Set([
      ...parameters.map((each) => each.name.name),
      ...definitions.flatMap((each) => namesOf({ declaration: each, clock: null })),
    ]);
    for (const each of [value, ...definitions.flatMap(valuesOf)].flatMap(expressionsIn)) {
      if (each.kind === "name" && !own.has(each.name)) free.add(each.name);
      const called = each.kind === "call" ? functionNamed(each.callee.name) : undefined;
      if (called !== undefined) reached.add(called);
    }
  }
  known.set(of, free);
  return free;
}
