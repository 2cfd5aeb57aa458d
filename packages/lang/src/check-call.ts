import type { Argument, Expression, Name } from "./ast.js";
import { fields, type Builtin, type Catalogue, type SignatureType } from "./catalogue.js";
import { diagnostic, type Fix } from "./diagnostic.js";
import { replacing, textOf } from "./fixes.js";
import { nearest } from "./nearest.js";
import { predefined } from "./predefined.js";
import { constant, type PlacedExpression, type TypedExpression } from "./program.js";
import { expect, expectBars, expectStatic, type Scope } from "./scope.js";
import type { Span } from "./source.js";
import { bool, literal, number, type ValueType } from "./type.js";
import { units } from "./unit.js";

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

/** A call whose arguments have the given values; null where something is wrong, which is then reported. */
export function checkCall(
  call: Call,
  output: Name | null,
  values: readonly (TypedExpression | null)[],
  scope: Scope,
): TypedExpression | null {
  const { arguments: given } = call;
  const { name } = call.callee;
  const builtin = scope.catalogue.get(name);
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

  const parameters: PlacedExpression[] = [];
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
  const isValue = scope.resolve(name) !== undefined || predefined(name) !== undefined;
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
export function checkMethod(of: Extract<Expression, { kind: "method" }>, scope: Scope): null {
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

/** How a function is called: `bbands(source, length = 20)`. */
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
