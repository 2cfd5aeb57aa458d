import type { AcrossExpression, CallExpression, Expression } from "./ast.js";
import { diagnostic } from "./diagnostic.js";
import { dependsOnLoop } from "./elaboration.js";
import { apply, constant, type PlacedExpression, type Reducer, type TypedExpression } from "./program.js";
import { expect, expectStatic, type Scope } from "./scope.js";
import { checkSingle } from "./single.js";
import type { Span } from "./source.js";
import { bool, literal, maybe, nothing, number, type ValueType } from "./type.js";
import { units } from "./unit.js";

/* What compares the members of a universe: `rank(x)`, `top(x, 10)`, `mean(for each: x)`. */

const rankings: ReadonlySet<string> = new Set(["rank", "top", "bottom"]);

export const isRanking = (name: string): boolean => rankings.has(name);

const count = number(units.ratio);
const zero = constant(0, literal);
const absent: TypedExpression = { kind: "apply", kernel: "none", operands: [], type: nothing };

/** `rank(x)`: 1 for the largest among the members; `top(x, n)`, `bottom(x, n)`: whether it is one of n. */
export function checkRanking(call: CallExpression, scope: Scope): TypedExpression | null {
  const { name } = call.callee;
  const [of, most, ...more] = call.arguments;
  const isRank = name === "rank";
  if (of === undefined || (most === undefined) !== isRank || more.length > 0) {
    const usage = isRank ? "rank(score)" : `${name}(score, 10)`;
    const problem = isRank ? "it takes one value" : "it takes a value, and how many of the members";
    scope.report(diagnostic("BF2005", call.span, { name, problem, usage }));
    return null;
  }
  const value = checkSingle(of.value, scope);
  const limit = most && checkMost(most.value, name, scope);
  if (value === null || limit === null || !expect(value, literal, of.value.span, scope)) return null;
  if (!isComparable(value, name, call.span, scope)) return null;
  const ranked = name === "bottom" ? apply("negate", [value], value.type) : value;
  return across(
    { reducer: "rank", name },
    ranked,
    maybe(limit === undefined ? count : bool),
    call.span,
    scope,
    limit,
  );
}

/** How many of the members, known before the run: a number that moves would hide that it can be none, or a half. */
function checkMost(of: Expression, name: string, scope: Scope): PlacedExpression | null {
  const what = `how many \`${name}\` takes`;
  const value = checkSingle(of, scope);
  if (value === null || !expect(value, count, of.span, scope)) return null;
  return expectStatic(value, of.span, what, scope) ? { value, span: of.span, what } : null;
}

/** `mean(for each where c: x)`: over the members that have a bar at the time, and a value. */
export function checkAcross(
  { callee, span }: CallExpression,
  of: AcrossExpression,
  scope: Scope,
): TypedExpression | null {
  const { name } = callee;
  const value = checkSingle(of.body, scope);
  const filter = of.filter && checkSingle(of.filter, scope);
  if (value === null || (of.filter !== null && filter === null)) return null;
  const isOfConditions = name === "count" || name === "any" || name === "all";
  if (!expect(value, isOfConditions ? bool : literal, of.body.span, scope)) return null;
  if (filter !== null && of.filter !== null && !expect(filter, bool, of.filter.span, scope)) return null;
  if (!isComparable(value, name, span, scope)) return null;
  const counted = filter === null ? value : apply("choose", [filter, value, absent], maybe(value.type));
  const reduced = (reducer: Reducer, type: ValueType): TypedExpression =>
    across({ reducer, name }, counted, type, span, scope);
  switch (name) {
    case "sum":
      return reduced("sum", value.type);
    case "count":
      return reduced("sum", count);
    case "max":
    case "min":
      return reduced(name, maybe(value.type));
    case "mean":
      return apply("divide", [reduced("sum", value.type), reduced("count", count)], maybe(value.type));
    case "any":
      return apply("greater", [reduced("sum", count), zero], bool);
    case "all":
      return apply("equal", [reduced("sum", count), reduced("count", count)], bool);
    default: {
      const problem = "members are folded by one of sum, mean, max, min, count, any, all";
      scope.report(diagnostic("BF2005", span, { name, problem, usage: "mean(for each: rsi(close, 14))" }));
      return null;
    }
  }
}

function across(
  how: { readonly reducer: Reducer; readonly name: string },
  value: TypedExpression,
  type: ValueType,
  span: Span,
  scope: Scope,
  most: PlacedExpression | null = null,
): TypedExpression {
  const of = scope.elaboration.bind("across", value, null);
  return scope.elaboration.bind("across", { kind: "across", ...how, of, most, type, span }, null);
}

/** Members are compared bar by bar of the strategy's clock, and only where there is a universe. */
function isComparable(value: TypedExpression, name: string, span: Span, scope: Scope): boolean {
  const problem = !scope.isUniverse
    ? "there are no others: this strategy has no `universe`"
    : scope.clock !== null || scope.fieldClock !== null
      ? "members are compared on the strategy's own clock; compare `latest(x)` there"
      : dependsOnLoop(value)
        ? "members cannot be compared inside a loop"
        : null;
  if (problem !== null) scope.report(diagnostic("BF2107", span, { name, problem }));
  return problem === null;
}
