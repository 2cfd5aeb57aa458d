import type { Argument, BinaryExpression, Expression, Name } from "./ast.js";
import { accountValues, fields, type Builtin, type Catalogue, type SignatureType } from "./catalogue.js";
import { diagnostic, type Diagnostic, type DiagnosticDetails, type Fix } from "./diagnostic.js";
import { bothComparisons, replacing, scaling, textOf } from "./fixes.js";
import { nearest } from "./nearest.js";
import { operators, prefixOperators } from "./operators.js";
import type { TypedExpression } from "./program.js";
import type { Source, Span } from "./source.js";
import { bool, fits, literal, number, typePhrase, type ValueType } from "./type.js";
import { divideUnits, multiplyUnits, sameUnit, units, type Unit } from "./unit.js";

/** What names mean where an expression stands. `undefined` is unknown, `null` known to be wrong already. */
export interface Scope {
  readonly catalogue: Catalogue;
  readonly source: Source;
  readonly resolve: (name: string) => TypedExpression | null | undefined;
  /** The names to choose from when one is unknown. */
  readonly names: () => Iterable<string>;
  /** Whether a value is known before the run. */
  readonly isStatic: (value: TypedExpression) => boolean;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Average prices that every platform has under these names. */
const averages: ReadonlyMap<string, readonly ("open" | "high" | "low" | "close")[]> = new Map([
  ["hl2", ["high", "low"]],
  ["hlc3", ["high", "low", "close"]],
  ["ohlc4", ["open", "high", "low", "close"]],
]);

export const predefinedNames: readonly string[] = [
  ...Object.keys(fields),
  ...averages.keys(),
  ...Object.keys(accountValues),
];

const constant = (value: number, type: ValueType): TypedExpression => ({ kind: "constant", value, type });
const apply = (kernel: string, operands: readonly TypedExpression[], type: ValueType): TypedExpression => ({
  kind: "apply",
  kernel,
  operands,
  type,
});

function predefined(name: string): TypedExpression | undefined {
  if (Object.hasOwn(fields, name)) {
    const field = name as keyof typeof fields;
    return { kind: "field", name: field, type: number(units[fields[field]]) };
  }
  if (Object.hasOwn(accountValues, name)) {
    const value = name as keyof typeof accountValues;
    return { kind: "account", name: value, type: number(units[accountValues[value]]) };
  }
  const parts = averages.get(name);
  if (parts === undefined) return undefined;
  const price = number(units.price);
  const sum = parts
    .map((part): TypedExpression => ({ kind: "field", name: part, type: price }))
    .reduce((total, part) => apply("add", [total, part], price));
  return apply("divide", [sum, constant(parts.length, literal)], price);
}

/** The typed form of an expression; null when something in it is wrong, which has then been reported. */
export function checkExpression(of: Expression, scope: Scope): TypedExpression | null {
  const check = (each: Expression): TypedExpression | null => checkExpression(each, scope);

  switch (of.kind) {
    case "number":
      if (of.unit === "ticks") {
        scope.report(
          diagnostic("BF2006", of.span, { expected: "a number or a price", found: "a number of ticks" }),
        );
        return null;
      }
      if (!Number.isFinite(of.value)) {
        const value = textOf(of, scope.source);
        scope.report(
          diagnostic("BF2009", of.span, { what: "this number", value, rule: "smaller than 1.8e308" }),
        );
        return null;
      }
      return constant(of.value, of.unit === null ? literal : number(units[of.unit]));
    case "bool":
      return constant(Number(of.value), bool);
    case "name":
      return checkName(of.name, of.span, scope);
    case "prefix": {
      const operand = check(of.operand);
      if (operand === null) return null;
      const wanted = of.operator === "not" ? bool : literal;
      if (!expect(operand, wanted, of.operand.span, scope)) return null;
      return apply(prefixOperators[of.operator].kernel, [operand], operand.type);
    }
    case "binary":
      return checkBinary(of, scope);
    case "history": {
      const value = check(of.of);
      const by = check(of.by);
      if (value === null || by === null || !expectBars(by, of.by.span, "`k` in `x[k]`", scope)) return null;
      return { kind: "delay", of: value, by, type: value.type, span: of.by.span };
    }
    case "call":
      return checkCall(of, null, scope);
    case "member":
      if (of.of.kind === "call") return checkCall(of.of, of.member, scope);
      check(of.of);
      scope.report(
        diagnostic(
          "BF2013",
          of.member.span,
          { name: of.member.name },
          { hint: "only functions have outputs to choose from" },
        ),
      );
      return null;
    case "method":
      return checkMethod(of, scope);
    case "conditional": {
      const condition = check(of.condition);
      const then = check(of.then);
      const otherwise = check(of.else);
      if (condition === null || then === null || otherwise === null) return null;
      if (!expect(condition, bool, of.condition.span, scope)) return null;
      const type = unify("the two values of one `if`", then.type, otherwise.type, of, scope);
      return type && apply("choose", [condition, then, otherwise], type);
    }
  }
}

/** Whether the value may stand where `wanted` is needed; reports it when not. */
export function expect(
  value: TypedExpression,
  wanted: ValueType,
  span: Span,
  scope: Pick<Scope, "report">,
  details: DiagnosticDetails = {},
): boolean {
  if (fits(value.type, wanted)) return true;
  const values = { expected: typePhrase(wanted), found: typePhrase(value.type) };
  scope.report(diagnostic("BF2006", span, values, details));
  return false;
}

/** Whether the value may count bars: known before the run, and a number of bars or an `int`. */
function expectBars(value: TypedExpression, span: Span, what: string, scope: Scope): boolean {
  if (!fits(value.type, number(units.ratio)) && !expect(value, number(units.bars), span, scope)) return false;
  return expectStatic(value, span, what, scope);
}

export function expectStatic(
  value: TypedExpression,
  span: Span,
  what: string,
  { isStatic, report }: Pick<Scope, "isStatic" | "report">,
): boolean {
  if (isStatic(value)) return true;
  report(diagnostic("BF2008", span, { what }, { hint: "write a number, a `param`, or arithmetic of these" }));
  return false;
}

function checkName(name: string, span: Span, scope: Scope): TypedExpression | null {
  const declared = scope.resolve(name);
  const known = declared === undefined ? predefined(name) : declared;
  if (known !== undefined) return known;
  const isFunction = scope.catalogue.has(name);
  const hint = isFunction ? `\`${name}\` is a function: ${usageOf(name, scope.catalogue)}` : undefined;
  const fix = isFunction ? undefined : replacing(span, nearest(name, [...scope.names(), ...predefinedNames]));
  scope.report(diagnostic("BF2001", span, { name }, { hint, fix }));
  return null;
}

function checkBinary(of: BinaryExpression, scope: Scope): TypedExpression | null {
  const operator = operators.get(of.operator);
  if (operator === undefined) throw new Error(`check: no operator \`${of.operator}\``);
  const left = checkExpression(of.left, scope);
  const right = checkExpression(of.right, scope);
  if (left === null || right === null) return null;
  const operands = [left, right];

  switch (operator.kind) {
    case "logic":
      if (!expect(left, bool, of.left.span, scope) || !expect(right, bool, of.right.span, scope)) return null;
      return apply(operator.kernel, operands, bool);
    case "comparison":
    case "cross": {
      const takesBools = of.operator === "==" || of.operator === "!=";
      if (!takesBools && !expectNumbers(of, left, right, scope)) return null;
      const type = unify("compared", left.type, right.type, of, scope);
      return type && apply(operator.kernel, operands, bool);
    }
    case "sum": {
      if (!expectNumbers(of, left, right, scope)) return null;
      const type = unify(of.operator === "+" ? "added" : "subtracted", left.type, right.type, of, scope);
      return type && apply(operator.kernel, operands, type);
    }
    case "product": {
      if (!expectNumbers(of, left, right, scope)) return null;
      const combine = of.operator === "*" ? multiplyUnits : divideUnits;
      return apply(operator.kernel, operands, productType(left.type, right.type, combine));
    }
  }
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

/** The common type of two sides, or null and a report. A bare literal takes the unit of the other side. */
function unify(
  verb: string,
  left: ValueType,
  right: ValueType,
  of: Extract<Expression, { kind: "binary" | "conditional" }>,
  scope: Scope,
): ValueType | null {
  if (fits(left, right)) return left.kind === "number" && left.unit === null ? right : left;
  const [first, second] = of.kind === "binary" ? [of.left, of.right] : [of.then, of.else];
  scope.report(
    diagnostic(
      "BF2007",
      of.span,
      { verb, left: typePhrase(left), right: typePhrase(right) },
      {
        labels: [
          { span: first.span, text: typePhrase(left) },
          { span: second.span, text: typePhrase(right) },
        ],
        fix: of.kind === "binary" && isScaling(of, left, right) ? scaling(of, scope.source) : undefined,
      },
    ),
  );
  return null;
}

function isScaling({ operator }: BinaryExpression, left: ValueType, right: ValueType): boolean {
  if ((operator !== "+" && operator !== "-") || left.kind === "bool" || right.kind === "bool") return false;
  return right.unit !== null && sameUnit(right.unit, units.ratio);
}

export function usageOf(name: string, catalogue: Catalogue): string {
  const builtin = catalogue.get(name);
  const words = [
    ...(builtin?.inputs ?? []).map((each) => each.name),
    ...(builtin?.parameters ?? []).map((each) =>
      each.default === undefined ? each.name : `${each.name} = ${each.default}`,
    ),
  ];
  return `${name}(${words.join(", ")})`;
}

type Call = Extract<Expression, { kind: "call" }>;

/** Functions that belong to a part of the language that is not there yet. */
const laterFunctions: ReadonlySet<string> = new Set(["latest", "forming"]);

/** What is a function elsewhere and something else here. */
const otherwiseWritten: ReadonlyMap<string, string> = new Map([
  ["crossover", "a crosses above b"],
  ["crossunder", "a crosses below b"],
  ["iff", "if condition then a else b"],
  ["iif", "if condition then a else b"],
  ["risk", "size risk(1%)"],
]);

function checkCall(call: Call, output: Name | null, scope: Scope): TypedExpression | null {
  const { arguments: given } = call;
  const { name } = call.callee;
  const builtin = scope.catalogue.get(name);
  const values = given.map((each) => checkExpression(each.value, scope));
  if (builtin === undefined) {
    reportUnknownFunction(call.callee, scope);
    return null;
  }
  const index = outputIndex(builtin, output, call, scope);
  const slots = assign(builtin, given, call, scope);
  if (index === null || slots === null || values.includes(null)) return null;

  let shared: ValueType = literal;
  const meaning = (type: SignatureType): ValueType =>
    type === "same" ? shared : type === "bool" ? bool : number(units[type]);
  const inputs: TypedExpression[] = [];
  for (const [i, input] of builtin.inputs.entries()) {
    const at = slots[i];
    const value = at === null ? null : values[at];
    if (at === null || value === null) return null;
    const wanted = input.type === "same" && shared === literal ? literal : meaning(input.type);
    if (!expect(value, wanted, given[at].value.span, scope)) return null;
    if (input.type === "same" && value.type.kind === "number" && value.type.unit !== null)
      shared = value.type;
    inputs.push(value);
  }
  for (const field of builtin.fields)
    inputs.push({ kind: "field", name: field, type: number(units[fields[field]]) });

  const parameters: { value: TypedExpression; span: Span }[] = [];
  for (const [i, parameter] of builtin.parameters.entries()) {
    const at = slots[builtin.inputs.length + i];
    const value = at === null ? constant(parameter.default ?? NaN, literal) : values[at];
    if (value === null) return null;
    const span = at === null ? call.span : given[at].value.span;
    const what = `\`${parameter.name}\` of \`${name}\``;
    if (parameter.type === "bars" && !expectBars(value, span, what, scope)) return null;
    if (parameter.type === "number" && !expect(value, number(units.ratio), span, scope)) return null;
    if (!expectStatic(value, span, what, scope)) return null;
    parameters.push({ value, span });
  }
  return {
    kind: "call",
    name,
    inputs,
    parameters,
    output: index,
    type: meaning(builtin.outputs[index].type),
  };
}

function reportUnknownFunction({ name, span }: Name, scope: Scope): void {
  if (laterFunctions.has(name)) {
    scope.report(diagnostic("BF1004", span, { what: name }));
    return;
  }
  const other = otherwiseWritten.get(name);
  const isValue = scope.resolve(name) !== undefined || predefinedNames.includes(name);
  const hint =
    other !== undefined
      ? `it is written \`${other}\``
      : isValue
        ? `\`${name}\` is a value; what it was a bar ago is \`${name}[1]\``
        : undefined;
  const fix = hint === undefined ? replacing(span, nearest(name, scope.catalogue.keys())) : undefined;
  scope.report(diagnostic("BF2004", span, { name }, { hint, fix }));
}

/** `ta.sma(close, 20)`: the prefix goes, the rest is how it is done here. */
function checkMethod(of: Extract<Expression, { kind: "method" }>, scope: Scope): null {
  for (const each of of.arguments) checkExpression(each.value, scope);
  const { name, span } = of.method;
  if (scope.catalogue.has(name) && of.of.kind === "name") {
    const edits = [{ span: { start: of.span.start, end: span.start }, text: "" }];
    const fix = { title: `leave out \`${textOf(of.of, scope.source)}.\``, edits };
    scope.report(diagnostic("BF2015", { start: of.span.start, end: span.end }, { name }, { fix }));
  } else reportUnknownFunction(of.method, scope);
  return null;
}

/** Which of a function's outputs is meant; null when that is not clear, which has then been reported. */
function outputIndex(builtin: Builtin, wanted: Name | null, call: Call, scope: Scope): number | null {
  const names = builtin.outputs.map((each) => each.name);
  const [first] = names;
  if (wanted === null) {
    if (names.length === 1) return 0;
    const hint = `write \`${textOf(call, scope.source)}.${first}\``;
    scope.report(
      diagnostic("BF2012", call.span, { name: builtin.name, outputs: names.join(", ") }, { hint }),
    );
    return null;
  }
  const index = names.indexOf(wanted.name);
  if (index >= 0) return index;
  const { name, span } = wanted;
  const hint = names.length > 1 ? `the outputs of \`${builtin.name}\` are ${names.join(", ")}` : undefined;
  const removal = {
    title: `leave out \`.${name}\``,
    edits: [{ span: { start: call.span.end, end: span.end }, text: "" }],
  };
  const fix = names.length > 1 ? replacing(span, nearest(name, names)) : removal;
  scope.report(diagnostic("BF2013", span, { name }, { hint, fix }));
  return null;
}

/** For each input and parameter the position of the argument that gives it; null for a default. */
function assign(
  builtin: Builtin,
  given: readonly Argument[],
  call: Call,
  scope: Scope,
): (number | null)[] | null {
  const wanted = [...builtin.inputs.map((each) => ({ ...each, default: undefined })), ...builtin.parameters];
  const slots: (number | null)[] = wanted.map(() => null);
  const fail = (problem: string, at: Span, fix?: Fix): null => {
    const usage = usageOf(builtin.name, scope.catalogue);
    scope.report(diagnostic("BF2005", at, { name: builtin.name, problem, usage }, { fix }));
    return null;
  };

  for (const [i, { name, value }] of given.entries()) {
    const slot = name === null ? i : wanted.findIndex((each) => each.name === name.name);
    if (name !== null && slot < 0) {
      const fix = replacing(
        name.span,
        nearest(
          name.name,
          wanted.map((each) => each.name),
        ),
      );
      return fail(`there is no argument \`${name.name}\``, name.span, fix);
    }
    if (slot >= wanted.length) return fail(`${given.length} arguments are too many`, value.span);
    if (slots[slot] !== null) return fail(`\`${wanted[slot].name}\` is given twice`, value.span);
    slots[slot] = i;
  }
  const missing = wanted.filter((each, i) => slots[i] === null && each.default === undefined);
  const names = missing.map((each) => `\`${each.name}\``).join(", ");
  return missing.length > 0
    ? fail(`${names} ${missing.length === 1 ? "is" : "are"} missing`, call.span)
    : slots;
}
