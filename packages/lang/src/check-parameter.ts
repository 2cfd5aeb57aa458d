import type { Expression, ParameterDeclaration } from "./ast.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { replacing } from "./fixes.js";
import { nearest } from "./nearest.js";
import type { Parameter, Range } from "./program.js";
import { parameterTypes, type ParameterTypeName } from "./type.js";

/** The value of an expression of numbers alone; null where it is none, which is then reported. */
export type LiteralValue = (of: Expression, type: ParameterTypeName, what: string) => number | null;
type Report = (diagnostic: Diagnostic) => void;

export const isParameterType = (name: string): name is ParameterTypeName =>
  Object.hasOwn(parameterTypes, name);

/** What types of parameters are called elsewhere. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["integer", "int"],
  ["float", "number"],
  ["double", "number"],
  ["boolean", "bool"],
  ["percent", "ratio"],
]);

/** A parameter with its default and range; null where it has no value. */
export function checkParameter(
  of: ParameterDeclaration,
  literalValue: LiteralValue,
  report: Report,
): Parameter | null {
  const { name } = of.name;
  const type = of.type.name;
  if (!isParameterType(type)) {
    const known = Object.keys(parameterTypes);
    const fix = replacing(of.type.span, otherNames.get(type.toLowerCase()) ?? nearest(type, known));
    const hint = fix === undefined ? `the types are ${known.join(", ")}` : undefined;
    report(diagnostic("BF2011", of.type.span, { name: type }, { hint, fix }));
    return null;
  }
  const initial = literalValue(of.default, type, `the default of \`${name}\``);
  const range = of.range === null ? null : checkRange(of.range, name, type, literalValue, report);
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
  return { name, type, default: initial, range };
}

const inRange = (value: number, range: Range): boolean =>
  range.kind === "choices" ? range.values.includes(value) : value >= range.from && value <= range.to;

function checkRange(
  of: NonNullable<ParameterDeclaration["range"]>,
  name: string,
  type: ParameterTypeName,
  literalValue: LiteralValue,
  report: Report,
): Range | null {
  const value = (each: Expression): number | null => literalValue(each, type, `the range of \`${name}\``);
  if (of.kind === "choices") {
    const values = of.values.map(value).filter((each) => each !== null);
    return values.length < of.values.length ? null : { kind: "choices", values };
  }
  if (type === "bool") {
    report(
      diagnostic("BF3007", of.span, { problem: "a bool has no range; its choices are `in { true, false }`" }),
    );
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
