import type { BinaryExpression, Expression } from "./ast.js";
import { diagnostic } from "./diagnostic.js";
import { scaling } from "./fixes.js";
import { apply, type TypedExpression } from "./program.js";
import { durationHint, type Scope } from "./scope.js";
import { fits, joined, likely, typeName, typePhrase, type ValueType } from "./type.js";
import { sameUnit, units } from "./unit.js";
import { isSingle, valuePhrase, type RecordValue, type Value } from "./value.js";

type TwoSided = Extract<Expression, { kind: "binary" | "conditional" | "match" }>;

/** Records and tuples are chosen part by part. */
export function choose(
  condition: TypedExpression,
  then: Value,
  otherwise: Value,
  of: TwoSided,
  scope: Scope,
): Value | null {
  if (isSingle(then) && isSingle(otherwise)) {
    const type = unify("the two values of one choice", then.type, otherwise.type, of, scope);
    return type && apply("choose", [condition, then, otherwise], likely(type, [condition, then, otherwise]));
  }
  if (then.kind === "record" && otherwise.kind === "record" && haveSameFields(then, otherwise)) {
    const fields = new Map<string, Value>();
    for (const [name, each] of then.fields) {
      const other = otherwise.fields.get(name);
      const chosen = other && choose(condition, each, other, of, scope);
      if (chosen === null || chosen === undefined) return null;
      fields.set(name, chosen);
    }
    return { kind: "record", name: then.name === otherwise.name ? then.name : null, fields };
  }
  if (then.kind === "tuple" && otherwise.kind === "tuple" && then.items.length === otherwise.items.length) {
    const items = then.items.map((each, i) => choose(condition, each, otherwise.items[i], of, scope));
    const chosen = items.filter((each) => each !== null);
    return chosen.length < items.length ? null : { kind: "tuple", items: chosen };
  }
  const values = { expected: valuePhrase(then), found: valuePhrase(otherwise) };
  scope.report(diagnostic("BF2006", of.span, values));
  return null;
}

const haveSameFields = (a: RecordValue, b: RecordValue): boolean =>
  a.fields.size === b.fields.size && [...a.fields.keys()].every((each) => b.fields.has(each));

/** The common type of two sides, or null and a report. A bare literal takes the unit of the other side. */
export function unify(
  verb: string,
  left: ValueType,
  right: ValueType,
  of: TwoSided,
  scope: Scope,
): ValueType | null {
  if (fits(left, right) && fits(right, left)) return joined(left, right);
  reportMismatch(verb, left, right, of, scope);
  return null;
}

export function reportMismatch(
  verb: string,
  left: ValueType,
  right: ValueType,
  of: TwoSided,
  scope: Scope,
): void {
  const [first, second] =
    of.kind === "binary"
      ? [of.left, of.right]
      : of.kind === "match"
        ? [of.cases[0]?.value ?? of, of.cases.at(-1)?.value ?? of]
        : [of.then, of.else];
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
        hint: hintOf(verb, left, right),
        fix: of.kind === "binary" && isScaling(of, left, right) ? scaling(of, scope.source) : undefined,
      },
    ),
  );
}

function hintOf(verb: string, left: ValueType, right: ValueType): string | undefined {
  const isA = (name: string): boolean => typeName(left) === name || typeName(right) === name;
  if (isA("duration") && (isBare(left) || isBare(right))) return durationHint;
  if (verb !== "compared") return undefined;
  if (isA("time") && isA("duration")) return "a time of day is compared with `time_of_day`";
  // A price and an oscillator share no scale.
  const isMixed = isA("price") && isA("number");
  return isMixed ? "prices are compared with prices, oscillators with plain numbers" : undefined;
}

const isBare = (type: ValueType): boolean => type.kind === "number" && type.unit === null;

function isScaling({ operator }: BinaryExpression, left: ValueType, right: ValueType): boolean {
  if ((operator !== "+" && operator !== "-") || left.kind !== "number" || right.kind !== "number")
    return false;
  return right.unit !== null && sameUnit(right.unit, units.ratio);
}
