import type { BinaryExpression, Expression } from "./ast.js";
import { checkCall, usageOf } from "./check-call.js";
import { checkMember, checkMethod } from "./check-member.js";
import { checkHistory, checkWindow } from "./check-history.js";
import { checkMatch } from "./check-match.js";
import { judgeBinary, judgePrefix } from "./check-sense.js";
import { differentClock } from "./check-clock.js";
import { partsOfClock } from "./clock-name.js";
import { diagnostic } from "./diagnostic.js";
import { bothComparisons, replacing, textOf } from "./fixes.js";
import { limits } from "./limits.js";
import { nearest } from "./nearest.js";
import { operators, prefixOperators, type Operator } from "./operators.js";
import { predefined, predefinedNames, sideNames } from "./predefined.js";
import { apply, constant, type TypedExpression } from "./program.js";
import { expect, type Scope } from "./scope.js";
import { checkSingle } from "./single.js";
import type { Source, Span } from "./source.js";
import { bool, fits, instant, likely, literal, maybe, nothing, number, type ValueType } from "./type.js";
import { divideUnits, multiplyUnits, units, type Unit } from "./unit.js";
import { choose, reportMismatch, unify } from "./unify.js";
import { countSingles, type RecordValue, type Value } from "./value.js";

/** What an expression stands for; null when something in it is wrong, which has then been reported. */
export function checkValue(of: Expression, scope: Scope): Value | null {
  switch (of.kind) {
    case "number":
      return checkNumber(of, scope);
    case "bool":
      return constant(Number(of.value), bool);
    case "none":
      return { kind: "apply", kernel: "none", operands: [], type: nothing };
    case "text":
      return { kind: "text", text: of.text };
    case "name":
      return checkName(of.name, withoutParentheses(of, scope.source), scope);
    case "prefix": {
      const operand = checkSingle(of.operand, scope);
      if (operand === null) return null;
      const wanted = of.operator === "not" ? bool : literal;
      if (!expect(operand, wanted, of.operand.span, scope)) return null;
      judgePrefix(of, scope);
      return apply(prefixOperators[of.operator].kernel, [operand], operand.type);
    }
    case "binary":
      return checkBinary(of, scope);
    case "history":
      return checkHistory(of, scope);
    case "window":
      return checkWindow(of, scope);
    case "call":
      return checkCall(of, scope);
    case "member":
      return checkMember(of, scope);
    case "method":
      return checkMethod(of, scope);
    case "conditional": {
      const condition = checkSingle(of.condition, scope);
      const then = scope.check(of.then, scope);
      const otherwise = checkValue(of.else, scope);
      if (condition === null || then === null || otherwise === null) return null;
      if (!expect(condition, bool, of.condition.span, scope)) return null;
      return choose(condition, then, otherwise, of, scope);
    }
    case "match":
      return checkMatch(of, scope);
    case "record":
      return checkRecord(of, scope);
    case "tuple": {
      const items = of.items.map((each) => checkValue(each, scope));
      const checked = items.filter((each) => each !== null);
      return checked.length < items.length ? null : withinLimit({ kind: "tuple", items: checked }, of, scope);
    }
    case "loop":
    case "across":
      scope.report(
        diagnostic(
          "BF2006",
          of.span,
          { expected: "a value", found: "a loop" },
          {
            hint: "a loop stands alone in an aggregate: `sum(for k in 0..9: close[k])`",
          },
        ),
      );
      return null;
  }
}

function checkNumber(of: Extract<Expression, { kind: "number" }>, scope: Scope): TypedExpression | null {
  const text = textOf(of, scope.source);
  if (of.unit === "time" && Number.isNaN(of.value)) {
    const hint = "months differ in length; count days: `30d`";
    scope.report(diagnostic("BF2006", of.span, { expected: "a duration", found: `\`${text}\`` }, { hint }));
    return null;
  }
  if (!Number.isFinite(of.value)) {
    const rule = "smaller than 1.8e308";
    scope.report(diagnostic("BF2009", of.span, { what: "this number", value: text, rule }));
    return null;
  }
  switch (of.unit) {
    case null:
      return constant(of.value, literal);
    case "time":
      return constant(of.value, number(units.duration));
    case "ticks": {
      if (isOfOtherMarket(scope)) {
        scope.report(differentClock(text, of.span, null, scope));
        return null;
      }
      const tick: TypedExpression = { kind: "instrument", name: "tick_size", type: number(units.price) };
      return apply("multiply", [constant(of.value, literal), tick], maybe(number(units.price)));
    }
    case "ratio":
    case "bars":
      return constant(of.value, number(units[of.unit]));
  }
}

/** Where a name stands, when what is around it counts as its place: a fix replaces the name alone. */
function withoutParentheses({ name, span }: Extract<Expression, { kind: "name" }>, { text }: Source): Span {
  const start = text.indexOf(name, span.start);
  return { start, end: start + name.length };
}

function checkName(name: string, span: Span, scope: Scope): Value | null {
  const entry = scope.find(name);
  if (entry !== undefined) {
    const { value, clock } = entry;
    if (value === null) return null;
    if (clock === scope.clock || isClockFree(value, scope)) return value;
    scope.report(differentClock(name, span, clock, scope));
    return null;
  }
  const known = predefined(name);
  if (known !== undefined) {
    const ofSide = scope.hedges ? sideNames.get(name) : undefined;
    if (ofSide !== undefined) {
      scope.report(diagnostic("BF3030", span, { name, instead: ofSide }));
      return null;
    }
    // What is known of the instrument is the same on every clock of its own market.
    const isInstrument = known.kind === "instrument";
    if (isInstrument ? !isOfOtherMarket(scope) : scope.fieldClock === scope.clock)
      return onItsClock(known, span, scope);
    scope.report(differentClock(name, span, isInstrument ? null : scope.fieldClock, scope));
    return null;
  }
  const isFunction = scope.catalogue.has(name);
  const hint = scope.markets.has(name)
    ? `\`${name}\` is a market: read \`latest(${name}.close)\``
    : isFunction
      ? `\`${name}\` is a function: ${usageOf(name, scope.catalogue)}`
      : scope.namespace.functions.has(name)
        ? `\`${name}\` is a function: \`${name}(…)\``
        : scope.namespace.enums.has(name)
          ? `\`${name}\` is an enum: write one of its members, such as \`${name}.${scope.namespace.enums.get(name)?.members[0]?.name ?? ""}\``
          : undefined;
  const candidates = [...scope.names(), ...scope.markets, ...predefinedNames];
  const fix = hint === undefined ? replacing(span, nearest(name, candidates)) : undefined;
  scope.report(diagnostic("BF2001", span, { name }, { hint, fix }));
  return null;
}

/** Ticks and lots are those of the symbol that is traded. */
const isOfOtherMarket = ({ clock }: Scope): boolean => partsOfClock(clock).market !== null;

/** What is known before the run is the same on every clock. */
function isClockFree(value: Value, scope: Scope): boolean {
  switch (value.kind) {
    case "record":
      return [...value.fields.values()].every((each) => isClockFree(each, scope));
    case "tuple":
      return value.items.every((each) => isClockFree(each, scope));
    case "window":
      return scope.elaboration.isStatic(value.of);
    case "text":
      return true;
    default:
      return scope.elaboration.isStatic(value);
  }
}

/** The account changes with every bar of the strategy; a slower bar has seen many of them. */
function onItsClock(known: TypedExpression, span: Span, scope: Scope): TypedExpression | null {
  if (scope.clock === null || known.kind !== "account") return known;
  scope.report(diagnostic("BF2105", span, { name: known.name, clock: scope.clock }));
  return null;
}

/** Records of records grow with every level; a few lines would ask for more values than there is memory. */
function withinLimit<Made extends Value>(made: Made, { span }: Expression, scope: Scope): Made | null {
  if (countSingles(made, limits.parts) <= limits.parts) return made;
  scope.report(diagnostic("BF1006", span, { what: `a record of more than ${limits.parts} values` }));
  return null;
}

function checkRecord(of: Extract<Expression, { kind: "record" }>, scope: Scope): RecordValue | null {
  const fields = new Map<string, Value>();
  let isFine = true;
  for (const { name, value } of of.entries) {
    const checked = checkValue(value, scope);
    if (fields.has(name.name)) scope.report(diagnostic("BF2002", name.span, { name: name.name }));
    if (checked === null || fields.has(name.name)) isFine = false;
    else fields.set(name.name, checked);
  }
  return isFine ? withinLimit({ kind: "record", name: null, fields }, of, scope) : null;
}

function checkBinary(of: BinaryExpression, scope: Scope): Value | null {
  const operator = operators.get(of.operator);
  if (operator === undefined) throw new Error(`check: no operator \`${of.operator}\``);
  const isFallback = operator.kind === "fallback";
  const left = checkSingle(of.left, isFallback ? { ...scope, isGuarded: true } : scope);
  const right = checkSingle(of.right, scope);
  if (left === null || right === null) return null;
  const operands = [left, right] as const;
  const value = operationOf(of, operator, operands, scope);
  if (value !== null) judgeBinary(of, operator, operands, scope);
  return value;
}

function operationOf(
  of: BinaryExpression,
  operator: Operator,
  operands: readonly [TypedExpression, TypedExpression],
  scope: Scope,
): TypedExpression | null {
  const [left, right] = operands;
  switch (operator.kind) {
    case "fallback": {
      const type = unify("alternatives", left.type, right.type, of, scope);
      if (type === null) return null;
      const { optional: _, ...certain } = type;
      return apply(operator.kernel, operands, right.type.optional === true ? maybe(type) : certain);
    }
    case "logic":
      if (!expect(left, bool, of.left.span, scope) || !expect(right, bool, of.right.span, scope)) return null;
      return apply(operator.kernel, operands, likely(bool, operands));
    case "comparison":
    case "cross": {
      const takesAll = of.operator === "==" || of.operator === "!=";
      const areMoments = isInstant(left) && isInstant(right) && operator.kind === "comparison";
      if (!takesAll && !areMoments && !expectNumbers(of, left, right, scope)) return null;
      const type = unify("compared", left.type, right.type, of, scope);
      return type && apply(operator.kernel, operands, likely(bool, operands));
    }
    case "sum":
      return checkSum(of, operator.kernel, left, right, scope);
    case "product": {
      if (!expectNumbers(of, left, right, scope)) return null;
      const combine = of.operator === "*" ? multiplyUnits : divideUnits;
      const type = likely(productType(left.type, right.type, combine), operands);
      const mayBeZero =
        of.operator === "/" && !(isParameterOrMore(right) && scope.elaboration.isStatic(right));
      return apply(operator.kernel, operands, mayBeZero ? maybe(type) : type);
    }
  }
}

/** A division by what is known before the run is judged then. */
const isParameterOrMore = (of: TypedExpression): boolean => of.kind !== "constant" || of.value !== 0;

const isInstant = ({ type }: TypedExpression): boolean => type.kind === "instant";

/** Numbers of one unit; of moments the difference is a duration, and a duration moves one. */
function checkSum(
  of: BinaryExpression,
  kernel: string,
  left: TypedExpression,
  right: TypedExpression,
  scope: Scope,
): TypedExpression | null {
  const operands = [left, right];
  if (isInstant(left) || isInstant(right)) {
    const duration = number(units.duration);
    const isShift = isInstant(left) && right.type.kind === "number" && fits(right.type, duration);
    if (isShift) return apply(kernel, operands, likely(instant, operands));
    if (isInstant(left) && isInstant(right) && of.operator === "-")
      return apply(kernel, operands, likely(duration, operands));
  } else if (!expectNumbers(of, left, right, scope)) return null;
  const verb = of.operator === "+" ? "added" : "subtracted";
  if (isInstant(left) || isInstant(right)) {
    reportMismatch(verb, left.type, right.type, of, scope);
    return null;
  }
  const type = unify(verb, left.type, right.type, of, scope);
  return type && apply(kernel, operands, type);
}

function expectNumbers(
  of: BinaryExpression,
  left: TypedExpression,
  right: TypedExpression,
  scope: Scope,
): boolean {
  const fix =
    of.left.kind === "binary" && operators.get(of.left.operator)?.kind === "comparison"
      ? bothComparisons(of.left, scope.source)
      : undefined;
  return expect(left, literal, of.left.span, scope, { fix }) && expect(right, literal, of.right.span, scope);
}

function productType(left: ValueType, right: ValueType, combine: (a: Unit, b: Unit) => Unit): ValueType {
  const a = left.kind === "number" ? left.unit : null;
  const b = right.kind === "number" ? right.unit : null;
  return a === null && b === null ? literal : number(combine(a ?? units.ratio, b ?? units.ratio));
}
