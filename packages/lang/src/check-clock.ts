import type { CallExpression, Expression, Name, StrategyDeclaration } from "./ast.js";
import { isBuiltFrom, mayRead, partsOfClock, type ClockName } from "./clock-name.js";
import { single } from "./single.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { textOf } from "./fixes.js";
import { expressionsIn } from "./expression-parts.js";
import type { Scope } from "./scope.js";
import type { TypedExpression } from "./program.js";
import type { Span } from "./source.js";
import { mapValues, type Value } from "./value.js";

/** Whether bars of an interval are made of those of the strategy, which must then be known. */
export function isBuiltFromOwn(
  { name, span }: Name,
  word: "on" | "every",
  { clock, nameSpan }: Pick<StrategyDeclaration, "clock" | "nameSpan">,
  report: Scope["report"],
): boolean {
  if (clock === null) {
    const fix = {
      title: "say which bars the strategy is for: `on 15m`",
      edits: [{ span: { start: nameSpan.end, end: nameSpan.end }, text: " on 15m" }],
    };
    report(diagnostic("BF2101", span, { needing: `${word} ${name}` }, { fix }));
    return false;
  }
  if (isBuiltFrom(name, clock.name)) return true;
  const labels = [{ span: clock.span, text: "the strategy's own bars" }];
  report(diagnostic("BF2102", span, { clock: name, own: clock.name }, { labels }));
  return false;
}

const clockName = (clock: ClockName): string => (clock === null ? "the strategy's clock" : `\`${clock}\``);

/** A value of one clock where another ticks. */
export function differentClock(name: string, span: Span, clock: string | null, scope: Scope): Diagnostic {
  const values = { name, clock: clockName(clock), here: clockName(scope.clock) };
  if (clock === null || scope.fieldClock !== scope.clock || !mayRead(scope.clock, clock)) {
    const isOfMarket = partsOfClock(scope.clock).market !== partsOfClock(clock).market;
    const isInside = scope.fieldClock !== scope.clock;
    const hint =
      isInside && isOfMarket
        ? "read each market with a `latest` of its own, and compare outside of it"
        : isInside
          ? "give what stands in `latest` a name inside the `on` block"
          : isOfMarket
            ? "a block of another market sees only that market; compare the two outside of it"
            : "a slower bar has seen many values of a faster clock; build it from that block's own prices";
    return diagnostic("BF2104", span, values, { hint });
  }
  const fix = {
    title: `read the last closed bar: \`latest(${name})\``,
    edits: [{ span, text: `latest(${name})` }],
  };
  return diagnostic("BF2104", span, values, { fix });
}

/** `latest(x)`: the value on the last closed bar of the slower clock or the other market that `x` lives on. */
export function checkLatest(of: CallExpression, scope: Scope): Value | null {
  const other = otherClock(of, scope);
  if (other === null) return null;
  const { given, clock } = other;
  return readOn(clock, given, scope, (value) => ({
    kind: "latest",
    of: scope.elaboration.bind("latest", value, clock),
    clock,
    type: value.type,
  }));
}

/** `forming(x)`: the value on the bar of a slower clock that has not closed yet, as far as it has come. */
export function checkForming(of: CallExpression, scope: Scope): Value | null {
  const other = otherClock(of, scope);
  if (other === null) return null;
  const { given, clock } = other;
  const problem =
    partsOfClock(clock).market !== null
      ? "what another market has not closed cannot be known yet, as its bars are heard of when they close"
      : scope.clock !== null
        ? "an unfinished bar is read on the strategy's clock, not inside another unfinished bar"
        : null;
  if (problem !== null) {
    const fix = {
      title: "read the last closed bar: `latest`",
      edits: [{ span: of.callee.span, text: "latest" }],
    };
    scope.report(diagnostic("BF2110", of.span, { problem }, { fix }));
    return null;
  }
  return readOn(clock, given, scope, (value) => ({
    kind: "forming",
    of: scope.elaboration.bind("forming", value, clock),
    clock,
    type: value.type,
    span: of.span,
  }));
}

/** What is asked of a clock that may be read from here, and that clock. */
function otherClock(of: CallExpression, scope: Scope): { given: Expression; clock: string } | null {
  const given = soleArgument(of, scope);
  if (given === null) return null;
  const clock = clocksIn(given, scope).find((each) => mayRead(scope.clock, each));
  if (clock !== undefined && clock !== null) return { given, clock };
  reportNothingSlower(of, given, scope);
  return null;
}

function soleArgument(of: CallExpression, scope: Scope): Expression | null {
  const [given, ...more] = of.arguments;
  if (given !== undefined && more.length === 0 && given.name === null) return given.value;
  const { name } = of.callee;
  const problem = `\`${name}\` takes one value of a slower clock`;
  scope.report(diagnostic("BF2005", of.span, { name, problem, usage: `${name}(trend)` }));
  return null;
}

function reportNothingSlower(of: CallExpression, given: Expression, scope: Scope): void {
  if (scope.check(given, scope) === null) return;
  const { name } = of.callee;
  const fix = {
    title: `leave out \`${name}\``,
    edits: [{ span: of.span, text: textOf(given, scope.source) }],
  };
  scope.report(diagnostic("BF2103", of.span, { clock: clockName(scope.clock) }, { fix }));
}

/** What stands in the parentheses, worked out on its clock. */
function readOn(
  clock: string,
  given: Expression,
  scope: Scope,
  read: (value: TypedExpression) => TypedExpression,
): Value | null {
  const value = scope.check(given, { ...scope, clock, isGuarded: false });
  if (value === null) return null;
  if (value.kind === "window" || value.kind === "text") return single(value, given, scope);
  return mapValues(value, read);
}

function clocksIn(of: Expression, scope: Scope): ClockName[] {
  return expressionsIn(of).flatMap((each) => {
    if (each.kind !== "name") return [];
    const entry = scope.find(each.name);
    if (entry === undefined) return scope.markets.has(each.name) ? [each.name] : [];
    return entry.value === null ? [] : [entry.clock];
  });
}
