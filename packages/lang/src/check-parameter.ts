import type { EnumDeclaration, Expression, ParameterDeclaration } from "./ast.js";
import { otherTypeNames } from "./declared.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { replacing } from "./fixes.js";
import { nearest } from "./nearest.js";
import type { Parameter, Range } from "./program.js";
import type { Namespace } from "./scope.js";
import type { Span } from "./source.js";
import { shown } from "./static.js";
import { brokenRule, parameterTypes, type ParameterTypeName, type ValueType } from "./type.js";

/** The value of an expression of numbers alone; null where it is none, which is then reported. */
export type LiteralValue = (
  of: Expression,
  type: ValueType,
  name: ParameterTypeName | "enum",
  what: string,
) => number | null;
type Enums = ReadonlyMap<string, EnumDeclaration>;
type Report = (diagnostic: Diagnostic) => void;

const isParameterType = (name: string): name is ParameterTypeName => Object.hasOwn(parameterTypes, name);

/** The type of a parameter by the name it is declared with; null where there is none. */
export function parameterType(name: string, enums: Enums): ValueType | null {
  const members = enums.get(name)?.members.map((each) => each.name);
  if (members !== undefined) return { kind: "enum", name, members };
  return isParameterType(name) ? parameterTypes[name] : null;
}

/** A parameter with its default and range; null where it has no value. */
export function checkParameter(
  of: ParameterDeclaration,
  { enums }: Pick<Namespace, "enums">,
  isBroken: (name: string) => boolean,
  literalValue: LiteralValue,
  report: Report,
): Parameter | null {
  const { name } = of.name;
  const type = of.type.name;
  const valueType = parameterType(type, enums);
  if (valueType === null) {
    if (isBroken(type)) return null;
    const known = [...Object.keys(parameterTypes), ...enums.keys()];
    const fix = replacing(of.type.span, otherTypeNames.get(type.toLowerCase()) ?? nearest(type, known));
    const hint = fix === undefined ? `the types are ${known.join(", ")}` : undefined;
    report(diagnostic("BF2011", of.type.span, { name: type }, { hint, fix }));
    return null;
  }
  const kind = isParameterType(type) ? type : "enum";
  const literal = (each: Expression, what: string): number | null =>
    literalValue(each, valueType, kind, what);
  const initial = literal(of.default, `the default of \`${name}\``);
  const range = of.range === null ? null : checkRange(of.range, name, kind, literal, report);
  if (initial === null) return null;
  if (range !== null && !inRange(initial, range)) {
    const rangeLabel = of.range === null ? [] : [{ span: of.range.span, text: "the range" }];
    const place = range.kind === "interval" ? `${range.from}..${range.to}` : `{ ${range.values.join(", ")} }`;
    report(
      diagnostic(
        "BF3006",
        of.default.span,
        { name, value: String(initial), range: place },
        { labels: rangeLabel },
      ),
    );
  }
  const members = valueType.kind === "enum" ? { members: valueType.members } : {};
  return { name, type: kind, ...members, default: initial, range };
}

/** Whether a parameter may have a value, its range aside; reports it when not. */
export function isAllowed(
  type: ParameterTypeName | "enum",
  value: number,
  { what, span }: { readonly what: string; readonly span: Span },
  report: Report,
): boolean {
  const rule = type === "enum" ? null : brokenRule(type, value);
  if (rule !== null) report(diagnostic("BF2009", span, { what, value: shown(value), rule }));
  return rule === null;
}

const inRange = (value: number, range: Range): boolean =>
  range.kind === "choices" ? range.values.includes(value) : value >= range.from && value <= range.to;

function checkRange(
  of: NonNullable<ParameterDeclaration["range"]>,
  name: string,
  type: ParameterTypeName | "enum",
  literal: (of: Expression, what: string) => number | null,
  report: Report,
): Range | null {
  const value = (each: Expression): number | null => literal(each, `the range of \`${name}\``);
  if (of.kind === "choices") {
    const values = of.values.map(value).filter((each) => each !== null);
    return values.length < of.values.length ? null : { kind: "choices", values };
  }
  if (type === "bool" || type === "enum") {
    const choices =
      type === "bool" ? "`in { true, false }`" : "its members: `in { Average.sma, Average.ema }`";
    const problem = `${type === "bool" ? "a bool" : "an enum"} has no range; its choices are ${choices}`;
    report(diagnostic("BF3007", of.span, { problem }));
    return null;
  }
  const from = value(of.from);
  const to = value(of.to);
  const step = of.step === null ? null : value(of.step);
  if (from === null || to === null || (step === null && of.step !== null)) return null;
  const problem =
    from >= to
      ? `the range goes from ${from} to ${to}; the smaller number comes first`
      : step !== null && step <= 0
        ? `the step is ${step}; it must be positive`
        : of.logarithmic && from <= 0
          ? `a log scale cannot start at ${from}`
          : null;
  if (problem === null) return { kind: "interval", from, to, step, logarithmic: of.logarithmic };
  report(diagnostic("BF3007", of.span, { problem }));
  return null;
}
