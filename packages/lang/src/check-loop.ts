import type { CallExpression, Expression, LoopExpression } from "./ast.js";
import { checkAcross } from "./check-across.js";
import { checkSingle } from "./single.js";
import { diagnostic } from "./diagnostic.js";
import { loopName } from "./elaboration.js";
import { apply, constant, type PlacedExpression, type TypedExpression } from "./program.js";
import { expect, expectBars, type Entry, type Scope } from "./scope.js";
import type { Span } from "./source.js";
import {
  bool,
  fits,
  joined,
  likely,
  literal,
  maybe,
  nothing,
  number,
  typePhrase,
  type ValueType,
} from "./type.js";
import { units } from "./unit.js";
import { isSingle, type WindowValue } from "./value.js";

/** How an aggregate goes on from one value to the next. */
interface Aggregate {
  readonly takes: "numbers" | "conditions";
  readonly initial: number;
  readonly step: (total: TypedExpression, value: TypedExpression) => TypedExpression;
  /** The function that does the same to the last n bars at once. */
  readonly rolling?: string;
}

const greatest = Number.MAX_VALUE;

const absent: TypedExpression = { kind: "apply", kernel: "none", operands: [], type: nothing };

const larger = (kernel: "greater" | "less") => (total: TypedExpression, value: TypedExpression) =>
  apply("choose", [apply(kernel, [value, total], bool), value, total], value.type);

const aggregates: ReadonlyMap<string, Aggregate> = new Map<string, Aggregate>([
  [
    "sum",
    {
      takes: "numbers",
      initial: 0,
      step: (total, value) => apply("add", [total, value], value.type),
      rolling: "sum",
    },
  ],
  [
    "mean",
    {
      takes: "numbers",
      initial: 0,
      step: (total, value) => apply("add", [total, value], value.type),
      rolling: "sma",
    },
  ],
  ["max", { takes: "numbers", initial: -greatest, step: larger("greater"), rolling: "highest" }],
  ["min", { takes: "numbers", initial: greatest, step: larger("less"), rolling: "lowest" }],
  [
    "count",
    {
      takes: "conditions",
      initial: 0,
      step: (total, value) => apply("add", [total, value], number(units.ratio)),
    },
  ],
  ["any", { takes: "conditions", initial: 0, step: (total, value) => apply("or", [total, value], bool) }],
  ["all", { takes: "conditions", initial: 1, step: (total, value) => apply("and", [total, value], bool) }],
]);

export const aggregateNames: readonly string[] = [...aggregates.keys()];

/** Whether a call folds a loop or a window: `sum(for …)`, `max(close[0..9])`. */
export function isAggregate({ callee, arguments: given }: CallExpression, scope: Scope): boolean {
  const [only, ...more] = given;
  if (only === undefined || more.length > 0 || only.name !== null) return false;
  if (only.value.kind === "loop" || only.value.kind === "across") return true;
  return aggregates.has(callee.name) && isWindow(only.value, scope);
}

const isWindow = (of: Expression, scope: Scope): boolean =>
  of.kind === "window" || (of.kind === "name" && scope.find(of.name)?.value?.kind === "window");

export function checkAggregate(call: CallExpression, scope: Scope): TypedExpression | null {
  const [{ value: given }] = call.arguments;
  const { name, span } = call.callee;
  const aggregate = aggregates.get(name);
  if (given.kind === "across") return checkAcross(call, given, scope);
  if (given.kind !== "loop") {
    const window = scope.check(given, scope);
    if (window?.kind !== "window" || aggregate === undefined) return null;
    return foldWindow(name, aggregate, window, given.span, scope);
  }
  if (name === "fold") return checkFold(given, call.span, scope);
  if (aggregate !== undefined && given.accumulator === null) return checkLoop(name, aggregate, given, scope);
  const names = [...aggregates.keys(), "fold"].join(", ");
  const problem =
    aggregate === undefined
      ? `a loop is folded by one of ${names}`
      : `only \`fold\` takes a value to go on from`;
  const usage = "fold(for k in 0..9 with total = 0: total + close[k])";
  scope.report(diagnostic("BF2005", span, { name, problem, usage }));
  return null;
}

/** A window of the last n bars is what a rolling function computes at once; others are folded value by value. */
function foldWindow(
  name: string,
  aggregate: Aggregate,
  { of, from, to }: WindowValue,
  span: Span,
  scope: Scope,
): TypedExpression | null {
  if (!expect(of, aggregate.takes === "numbers" ? literal : bool, span, scope)) return null;
  const { rolling } = aggregate;
  if (rolling !== undefined && scope.catalogue.has(rolling)) {
    const one = constant(1, literal);
    const length = apply("add", [apply("subtract", [to, from], literal), one], literal);
    const parameters = [{ value: length, span, what: "the length of this window" }];
    const rolled: TypedExpression = {
      kind: "call",
      name: rolling,
      inputs: [of],
      parameters,
      output: 0,
      type: of.type,
    };
    return { kind: "delay", of: rolled, by: from, type: of.type, span };
  }
  const loop = openLoop("k", { from, to }, scope);
  const value: TypedExpression = { kind: "delay", of, by: loop.index, type: of.type, span };
  return folded(aggregate, name, loop, value, null, span);
}

interface OpenLoop {
  readonly index: Extract<TypedExpression, { kind: "parameter" }>;
  readonly accumulator: string;
  readonly from: TypedExpression;
  readonly to: TypedExpression;
}

function openLoop(
  name: string,
  range: { readonly from: TypedExpression; readonly to: TypedExpression },
  scope: Scope,
): OpenLoop {
  const index = { kind: "parameter", name: loopName(name, scope.loops), type: number(units.bars) } as const;
  return { index, accumulator: loopName(`${name}total`, scope.loops), ...range };
}

/** The names of a loop, and the scope in which its body is read. */
function enterLoop(of: LoopExpression, scope: Scope): { loop: OpenLoop; body: Scope; entry: Entry } | null {
  const { name } = of.variable;
  const enter = (loop: OpenLoop, value: TypedExpression) => {
    const entry: Entry = { value, clock: scope.clock };
    const body: Scope = {
      ...scope,
      loops: scope.loops + 1,
      find: (each) => (each === name ? entry : scope.find(each)),
      names: () => [name, ...scope.names()],
    };
    return { loop, body, entry };
  };
  if (of.to === null) {
    const over = scope.check(of.over, scope);
    if (over === null) return null;
    if (over.kind !== "window") {
      const found = isSingle(over) ? typePhrase(over.type) : "something else";
      const hint = "write `for k in 0..9: …` or `for v in close[0..9]: …`";
      scope.report(diagnostic("BF2006", of.over.span, { expected: "a range or a window", found }, { hint }));
      return null;
    }
    const loop = openLoop(name, over, scope);
    return enter(loop, {
      kind: "delay",
      of: over.of,
      by: loop.index,
      type: over.of.type,
      span: of.over.span,
    });
  }
  const from = checkSingle(of.over, scope);
  const to = checkSingle(of.to, scope);
  if (from === null || to === null) return null;
  if (!expectBars(from, of.over, "a bound of a loop", scope)) return null;
  if (!expectBars(to, of.to, "a bound of a loop", scope)) return null;
  const loop = openLoop(name, { from, to }, scope);
  // A bare number: it counts bars in `close[k]` and multiplies in `k * 2`.
  return enter(loop, { ...loop.index, type: literal });
}

function checkLoop(
  name: string,
  aggregate: Aggregate,
  of: LoopExpression,
  scope: Scope,
): TypedExpression | null {
  const entered = enterLoop(of, scope);
  if (entered === null) return null;
  const value = checkSingle(of.body, entered.body);
  const filter = of.filter && checkSingle(of.filter, entered.body);
  if (value === null || (of.filter !== null && filter === null)) return null;
  const wanted = aggregate.takes === "numbers" ? literal : bool;
  if (!expect(value, wanted, of.body.span, scope)) return null;
  if (filter !== null && of.filter !== null && !expect(filter, bool, of.filter.span, scope)) return null;
  return folded(aggregate, name, entered.loop, value, filter, of.span);
}

function folded(
  aggregate: Aggregate,
  name: string,
  loop: OpenLoop,
  value: TypedExpression,
  filter: TypedExpression | null,
  span: Span,
): TypedExpression {
  const resultType: ValueType =
    aggregate.takes === "numbers" ? value.type : name === "count" ? number(units.ratio) : bool;
  const type = likely(resultType, filter === null ? [value] : [value, filter]);
  const fold = (
    step: (total: TypedExpression) => TypedExpression,
    initial: number,
    of: ValueType,
  ): TypedExpression => {
    const total: TypedExpression = { kind: "accumulator", name: loop.accumulator, type: of };
    const next = step(total);
    const body = filter === null ? next : apply("choose", [filter, next, total], of);
    const { index, accumulator, from, to } = loop;
    return {
      kind: "fold",
      index: index.name,
      from,
      to,
      accumulator,
      initial: constant(initial, of),
      body,
      type: of,
      span,
    };
  };
  const result = fold((total) => aggregate.step(total, value), aggregate.initial, type);
  if (name !== "mean" && name !== "max" && name !== "min") return result;
  const one = constant(1, literal);
  const count = fold((total) => apply("add", [total, one], literal), 0, literal);
  // Of no values at all there is no average and no extreme.
  const likelyType = filter === null ? type : maybe(type);
  if (name === "mean") return apply("divide", [result, count], likelyType);
  const isAny = apply("greater", [count, constant(0, literal)], bool);
  return apply("choose", [isAny, result, absent], likelyType);
}

/** `fold(for k in 0..9 with total = 0: total + close[k])`. */
function checkFold(of: LoopExpression, span: Span, scope: Scope): TypedExpression | null {
  const { accumulator } = of;
  if (accumulator === null) {
    const problem = "`fold` needs a value to go on from";
    const usage = "fold(for k in 0..9 with total = 0: total + close[k])";
    scope.report(diagnostic("BF2005", span, { name: "fold", problem, usage }));
    return null;
  }
  const initial = checkSingle(accumulator.initial, scope);
  const entered = enterLoop(of, scope);
  if (initial === null || entered === null) return null;
  const { loop, body } = entered;
  const withTotal = (type: ValueType): Scope => {
    const total: TypedExpression = { kind: "accumulator", name: loop.accumulator, type };
    return {
      ...body,
      find: (name) =>
        name === accumulator.name.name ? { value: total, clock: scope.clock } : body.find(name),
      names: () => [accumulator.name.name, ...body.names()],
    };
  };
  // The first value may be a bare number; what is added to it says what it counts.
  const first = checkSingle(of.body, withTotal(initial.type));
  if (first === null) return null;
  if (!fits(first.type, initial.type)) {
    expect(first, initial.type, of.body.span, scope);
    return null;
  }
  const type = joined(initial.type, first.type);
  const value = checkSingle(of.body, withTotal(type));
  const filter: PlacedExpression["value"] | null = of.filter && checkSingle(of.filter, withTotal(type));
  if (value === null || (of.filter !== null && filter === null)) return null;
  if (filter !== null && of.filter !== null && !expect(filter, bool, of.filter.span, scope)) return null;
  const total: TypedExpression = { kind: "accumulator", name: loop.accumulator, type };
  return {
    kind: "fold",
    index: loop.index.name,
    from: loop.from,
    to: loop.to,
    accumulator: loop.accumulator,
    initial,
    body: filter === null ? value : apply("choose", [filter, value, total], type),
    type,
    span,
  };
}
