import type { CallExpression, Name } from "./ast.js";
import { assign } from "./arguments.js";
import type { Builtin, BuiltinParameter, Catalogue, SignatureType } from "./catalogue.js";
import { checkRanking, isRanking } from "./check-across.js";
import { checkForming, checkLatest } from "./check-clock.js";
import { checkChoice, isChoiceName, parametersInRow } from "./check-choice.js";
import { checkSingle } from "./single.js";
import { callFunction } from "./check-function.js";
import { aggregateNames, checkAggregate, isAggregate } from "./check-loop.js";
import { isLiteral } from "./check-sense.js";
import { conform, declaredType } from "./declared.js";
import { diagnostic } from "./diagnostic.js";
import { replacing, textOf } from "./fixes.js";
import { nearest } from "./nearest.js";
import { namedType, predefined } from "./predefined.js";
import { apply, constant, type PlacedExpression, type TypedExpression } from "./program.js";
import { fields } from "./catalogue.js";
import { expect, expectBars, expectStatic, type Scope } from "./scope.js";
import { bool, instant, likely, literal, number, type ValueType } from "./type.js";
import { multiplyUnits, rootUnit, units } from "./unit.js";
import type { RecordValue, Value } from "./value.js";

/** Whether a name is called like a function and means something of its own. */
export const isForm = (name: string): boolean =>
  forms.has(name) || aggregateNames.includes(name) || isRanking(name);

const forms: ReadonlySet<string> = new Set(["latest", "forming", "ready", "datetime", "fold", "risk"]);

/** What is a function elsewhere and something else here. */
const otherwiseWritten: ReadonlyMap<string, string> = new Map([
  ["crossover", "a crosses above b"],
  ["crossunder", "a crosses below b"],
  ["cross", "a crosses above b or a crosses below b"],
  ["iff", "if condition then a else b"],
  ["iif", "if condition then a else b"],
  ["nz", "x or else 0"],
  ["log", "ln(x)"],
  ["todegrees", "degrees(x)"],
  ["toradians", "radians(x)"],
  ["stdev", "stddev(x, 20)"],
  ["bb", "bbands(x, 20)"],
  ["correlation", "correl(a, b, 20)"],
  ["wpr", "willr(14)"],
  ["linreg", "linearreg(x, 14)"],
  ["tr", "trange()"],
  ["accdist", "ad()"],
  ["na", "not ready(x)"],
  ["risk", "size risk(1%)"],
]);

/** A call; null where something is wrong, which is then reported. */
export function checkCall(call: CallExpression, scope: Scope): Value | null {
  const { name } = call.callee;
  const own = scope.namespace.functions.get(name);
  if (own !== undefined) return callFunction(own, { ...call, name, self: null }, scope);
  if (name === "latest") return checkLatest(call, scope);
  if (name === "forming") return checkForming(call, scope);
  if (isRanking(name)) return checkRanking(call, scope);
  if (name === "ready") return checkReady(call, scope);
  if (name === "datetime") return checkMoment(call, scope);
  if (isAggregate(call, scope)) return checkAggregate(call, scope);
  const record = scope.namespace.types.get(name);
  if (record !== undefined) return construct(call, scope);
  const builtin = scope.catalogue.get(name);
  if (builtin !== undefined) return callBuiltin(builtin, call, scope);
  for (const each of call.arguments) checkSingle(each.value, scope);
  reportUnknownFunction(call.callee, scope);
  return null;
}

/** `ready(x)`: whether a value is there; true and false, never absent. */
function checkReady(call: CallExpression, scope: Scope): TypedExpression | null {
  const [given, ...more] = call.arguments;
  const value = given === undefined ? null : checkSingle(given.value, scope);
  if (given === undefined || more.length > 0) {
    const problem = "`ready` takes one value";
    scope.report(diagnostic("BF2005", call.span, { name: "ready", problem, usage: "ready(x)" }));
    return null;
  }
  return value && apply("ready", [value], bool);
}

/** `datetime("2024-03-05T14:30Z")`: a moment, with the zone in its text so that it means the same everywhere. */
function checkMoment(call: CallExpression, scope: Scope): TypedExpression | null {
  const [given, ...more] = call.arguments;
  const text = given?.value.kind === "text" ? given.value.text : undefined;
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/;
  const value = text !== undefined && form.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(value) && more.length === 0) return constant(value, instant);
  const problem = "a moment is written with its zone: `Z` for UTC, or the distance from it";
  const usage = 'datetime("2024-03-05T14:30Z")';
  scope.report(diagnostic("BF2005", call.span, { name: "datetime", problem, usage }));
  return null;
}

/** `Levels(high: a, low: b)`. */
function construct(call: CallExpression, scope: Scope): Value | null {
  const { callee, arguments: given, span } = call;
  const type = declaredType({ module: null, name: callee.name, optional: false, span: callee.span }, scope);
  const entries = new Map<string, Value>();
  const values = given.map((each) => ({ name: each.name, value: scope.check(each.value, scope) }));
  if (type?.kind !== "record") return null;
  const names = [...type.fields.keys()];
  const usage = `${callee.name}(${names.map((each) => `${each}: …`).join(", ")})`;
  const wanted = names.map((name) => ({ name, hasDefault: false }));
  const slots = assign({ name: callee.name, wanted, usage }, call, scope);
  if (slots === null) return null;
  for (const [i, name] of names.entries()) {
    const at = slots[i];
    const value = at === null ? null : values[at].value;
    if (value === null) return null;
    entries.set(name, value);
  }
  return conform({ kind: "record", name: null, fields: entries }, type, span, scope);
}

function callBuiltin(builtin: Builtin, call: CallExpression, scope: Scope): Value | null {
  const { name, fold } = builtin;
  const ports = inputsOf(builtin, call);
  const row = parametersInRow(builtin, call);
  const called = { name, usage: usage(builtin) };
  const wanted = [...ports, ...row].map((each) => ({
    name: each.name,
    hasDefault: each.default !== undefined,
  }));
  const slots = assign({ ...called, wanted }, call, scope);
  const values = call.arguments.map(({ value }, i) => {
    const parameter = slots === null ? undefined : row[slots.indexOf(i) - ports.length];
    if (parameter?.type === "choice") return checkChoice(parameter, value, called, scope);
    // What a word was meant for is not clear when the call is not.
    return slots === null && isChoiceName(value, row) ? null : checkSingle(value, scope);
  });
  if (slots === null || values.includes(null)) return null;

  if (builtin.parameters.length > 0 && !judgeSeries(builtin, call, slots, ports.length, scope)) return null;

  let shared: ValueType = literal;
  const meaning = (type: SignatureType): ValueType => {
    if (type === "bool") return bool;
    if (type === "root") return rootOf(shared);
    if (type === "square") return squareOf(shared);
    return type === "same" ? shared : namedType(type);
  };
  const inputs: TypedExpression[] = [];
  for (const [i, input] of ports.entries()) {
    const at = slots[i];
    const value = at === null ? constant(input.default ?? NaN, literal) : values[at];
    if (value === null) return null;
    const span = at === null ? call.span : call.arguments[at].value.span;
    // The first value of a shared unit says which it is; moments are shared as well: `valuewhen(c, time)`.
    if (input.type === "same" && shared === literal && value.type.kind === "instant") shared = instant;
    const wanted = input.type === "same" && shared === literal ? literal : meaning(input.type);
    if (!expect(value, wanted, span, scope)) return null;
    if (input.type === "same" && value.type.kind === "number" && value.type.unit !== null)
      shared = number(value.type.unit);
    inputs.push(value);
  }
  if (fold !== undefined) {
    const [output] = builtin.outputs;
    return apply(name, inputs, likely(meaning(output.type), inputs));
  }
  for (const field of builtin.fields) {
    if (scope.fieldClock !== scope.clock) {
      const what = { name: `${name}(…)`, clock: "the strategy's clock", here: "`latest`" };
      scope.report(diagnostic("BF2104", call.span, what));
      return null;
    }
    inputs.push({ kind: "field", name: field, type: namedType(fields[field]) });
  }

  const parameters: PlacedExpression[] = [];
  for (const parameter of builtin.parameters) {
    const at = slots[ports.length + row.indexOf(parameter)];
    const value = at === null ? constant(parameter.default ?? NaN, literal) : values[at];
    if (value === null) return null;
    const given = at === null ? call : call.arguments[at].value;
    const { span } = given;
    const what = `\`${parameter.name}\` of \`${name}\``;
    if (parameter.type === "bars" && !expectBars(value, given, what, scope)) return null;
    if (parameter.type === "number" && !expect(value, number(units.ratio), span, scope)) return null;
    if (!expectStatic(value, span, what, scope)) return null;
    parameters.push({ value, span });
  }
  const output = (i: number): TypedExpression => ({
    kind: "call",
    name,
    inputs,
    parameters,
    output: i,
    type: meaning(builtin.outputs[i].type),
  });
  if (builtin.outputs.length === 1) return output(0);
  const record: RecordValue = {
    kind: "record",
    name: null,
    fields: new Map(builtin.outputs.map((each, i) => [each.name, output(i)])),
  };
  return record;
}

/** `rsi(14)` would be the strength of the number 14, over a length by default; `rsi(50, 14)` is odd, but said whole. */
function judgeSeries(
  builtin: Builtin,
  call: CallExpression,
  slots: readonly (number | null)[],
  count: number,
  { source, report }: Scope,
): boolean {
  const given = slots.slice(0, count).flatMap((at) => (at === null ? [] : call.arguments[at].value));
  const [first] = given;
  if (first === undefined || !given.every(isLiteral)) return true;
  const { name, inputs, parameters } = builtin;
  const text = textOf(first, source);
  const isNumber = inputs[0].type !== "bool";
  const hint = isNumber ? { hint: `first comes what is looked at: \`${name}(close, …)\`` } : {};
  // It may be meant for a length or a factor, none of which is said.
  const isMisplaced =
    isNumber &&
    parameters.some(({ type }) => type !== "choice") &&
    slots.slice(count).every((at) => at === null);
  if (isMisplaced) {
    const problem = `\`${text}\` is the same on every bar`;
    report(diagnostic("BF2005", first.span, { name, usage: usage(builtin), problem }, hint));
  } else report(diagnostic("BF3029", first.span, { text }, hint));
  return !isMisplaced;
}

/** What is the square of no unit has a plain number for its root. */
function rootOf(type: ValueType): ValueType {
  if (type.kind !== "number" || type.unit === null) return literal;
  const unit = rootUnit(type.unit);
  return unit === null ? namedType("ratio") : number(unit);
}

function squareOf(type: ValueType): ValueType {
  if (type.kind !== "number" || type.unit === null) return literal;
  return number(multiplyUnits(type.unit, type.unit));
}

/** The inputs of this call: a variadic last one as often as it is given. */
function inputsOf({ inputs, variadic }: Builtin, call: CallExpression): Builtin["inputs"] {
  if (variadic === undefined) return inputs;
  const last = inputs[inputs.length - 1];
  const count = Math.min(variadic.most, Math.max(inputs.length, call.arguments.length));
  const more = Array.from({ length: count - inputs.length }, (_, i) => ({
    ...last,
    name: `${last.name}${i + 2}`,
  }));
  return [...inputs, ...more];
}

export function reportUnknownFunction({ name, span }: Name, scope: Scope): void {
  if (scope.isBroken(name)) return;
  const other = otherwiseWritten.get(name);
  const isValue = scope.find(name) !== undefined || predefined(name) !== undefined;
  const folds = aggregateNames.includes(name) || name === "fold";
  const hint =
    other !== undefined
      ? `it is written \`${other}\``
      : folds
        ? `\`${name}\` folds a window or a loop: \`${name}(for v in close[0..9]: …)\``
        : isValue
          ? `\`${name}\` is a value; what it was a bar ago is \`${name}[1]\``
          : undefined;
  const known = [
    ...scope.namespace.functions.keys(),
    ...scope.namespace.types.keys(),
    ...scope.catalogue.keys(),
  ];
  const fix = hint === undefined ? replacing(span, nearest(name, known)) : undefined;
  scope.report(diagnostic("BF2004", span, { name }, { hint, fix }));
}

/** How a function is called: `bbands(source, length = 20)`. */
export function usageOf(name: string, catalogue: Catalogue): string {
  const builtin = catalogue.get(name);
  return builtin === undefined ? `${name}()` : usage(builtin);
}

function usage({ name, inputs, parameters, variadic }: Builtin): string {
  const words = [...inputs, ...parameters].map((each) =>
    each.default === undefined ? each.name : `${each.name} = ${defaultOf(each, each.default)}`,
  );
  return `${name}(${[...words, ...(variadic === undefined ? [] : ["…"])].join(", ")})`;
}

const defaultOf = (of: Builtin["inputs"][number] | BuiltinParameter, value: number): string =>
  "choices" in of ? of.choices[value] : String(value);
