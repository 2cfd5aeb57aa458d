import type { CallExpression, Expression } from "./ast.js";
import { single } from "./single.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { textOf } from "./fixes.js";
import { intervalMs } from "./interval.js";
import { expressionsIn } from "./expression-parts.js";
import type { Scope } from "./scope.js";
import type { Span } from "./source.js";
import { mapValues, type Value } from "./value.js";

const clockName = (clock: string | null): string =>
  clock === null ? "the strategy's clock" : `\`${clock}\``;

/** A value of one clock where another ticks. */
export function differentClock(name: string, span: Span, clock: string | null, scope: Scope): Diagnostic {
  const values = { name, clock: clockName(clock), here: clockName(scope.clock) };
  if (clock === null || scope.fieldClock !== scope.clock || isSlower(scope.clock, clock)) {
    const hint =
      scope.fieldClock !== scope.clock
        ? "give what stands in `latest` a name inside the `on` block"
        : "a slower bar has seen many values of a faster clock; build it from that block's own prices";
    return diagnostic("BF2104", span, values, { hint });
  }
  const fix = {
    title: `read the last closed bar: \`latest(${name})\``,
    edits: [{ span, text: `latest(${name})` }],
  };
  return diagnostic("BF2104", span, values, { fix });
}

/** Whether one clock ticks less often than another; a month is longer than any number of weeks that is written. */
export function isSlower(one: string | null, other: string | null): boolean {
  return lengthOf(one) > lengthOf(other);
}

const month = 2_629_746_000;

function lengthOf(clock: string | null): number {
  if (clock === null) return 0;
  return intervalMs(clock) ?? Number(/^\d+/.exec(clock)?.[0] ?? 1) * month;
}

/** `latest(x)`: the value on the last closed bar of the slower clock that `x` lives on. */
export function checkLatest(of: CallExpression, scope: Scope): Value | null {
  const [given, ...more] = of.arguments;
  if (given === undefined || more.length > 0 || given.name !== null) {
    const problem = "`latest` takes one value of a slower clock";
    scope.report(diagnostic("BF2005", of.span, { name: "latest", problem, usage: "latest(trend)" }));
    return null;
  }
  const clocks = clocksIn(given.value, scope);
  const slower = clocks
    .filter((each) => each !== null)
    .find((each) => each !== scope.clock && isSlower(each, scope.clock));
  if (slower === undefined) {
    const value = scope.check(given.value, scope);
    if (value === null) return null;
    const fix = {
      title: "leave out `latest`",
      edits: [{ span: of.span, text: textOf(given.value, scope.source) }],
    };
    scope.report(diagnostic("BF2103", of.span, { clock: clockName(scope.clock) }, { fix }));
    return null;
  }
  const value = scope.check(given.value, { ...scope, clock: slower, isGuarded: false });
  if (value === null) return null;
  if (value.kind === "window" || value.kind === "text") return single(value, given.value, scope);
  return mapValues(value, (each) => ({
    kind: "latest",
    of: scope.elaboration.bind("latest", each, slower),
    clock: slower,
    type: each.type,
  }));
}

function clocksIn(of: Expression, scope: Scope): (string | null)[] {
  return expressionsIn(of).flatMap((each) => {
    const entry = each.kind === "name" ? scope.find(each.name) : undefined;
    return entry === undefined || entry.value === null ? [] : [entry.clock];
  });
}
