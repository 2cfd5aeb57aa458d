import type { Expression } from "./ast.js";

/** What an expression is made of directly. */
export function partsOfExpression(of: Expression): readonly Expression[] {
  switch (of.kind) {
    case "number":
    case "bool":
    case "none":
    case "text":
    case "name":
      return [];
    case "prefix":
      return [of.operand];
    case "binary":
      return [of.left, of.right];
    case "history":
      return [of.of, of.by];
    case "window":
      return [of.of, of.from, of.to];
    case "member":
      return [of.of];
    case "method":
      return [of.of, ...of.arguments.map((each) => each.value)];
    case "call":
      return of.arguments.map((each) => each.value);
    case "conditional":
      return [of.condition, of.then, of.else];
    case "match":
      return [of.of, ...of.cases.map((each) => each.value)];
    case "record":
      return of.entries.map((each) => each.value);
    case "tuple":
      return of.items;
    case "across":
      return [of.filter, of.body].filter((each) => each !== null);
    case "loop":
      return [of.over, of.to, of.accumulator?.initial ?? null, of.filter, of.body].filter(
        (each) => each !== null,
      );
  }
}

/** An expression and all it is made of. */
export function expressionsIn(of: Expression): Expression[] {
  const found: Expression[] = [];
  const open = [of];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    found.push(each);
    open.push(...partsOfExpression(each));
  }
  return found;
}
