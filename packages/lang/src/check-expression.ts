import type { Argument, BinaryExpression, Expression } from "./ast.js";
import { checkCall, checkMethod, usageOf } from "./check-call.js";
import { diagnostic } from "./diagnostic.js";
import { bothComparisons, replacing, scaling, textOf } from "./fixes.js";
import { nearest } from "./nearest.js";
import { operators, prefixOperators } from "./operators.js";
import { predefined, predefinedNames } from "./predefined.js";
import { apply, constant, type TypedExpression } from "./program.js";
import { expect, expectBars, type Scope } from "./scope.js";
import type { Span } from "./source.js";
import { bool, fits, literal, number, typeName, typePhrase, type ValueType } from "./type.js";
import { divideUnits, multiplyUnits, sameUnit, units, type Unit } from "./unit.js";

/** The typed form of an expression; null when something in it is wrong, which has then been reported. */
export function checkExpression(of: Expression, scope: Scope): TypedExpression | null {
  const check = (each: Expression): TypedExpression | null => checkExpression(each, scope);
  const valuesOf = (given: readonly Argument[]): (TypedExpression | null)[] =>
    given.map(({ value }) => check(value));

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
      return checkCall(of, null, valuesOf(of.arguments), scope);
    case "member":
      if (of.of.kind === "call") return checkCall(of.of, of.member, valuesOf(of.of.arguments), scope);
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
      valuesOf(of.arguments);
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
        hint: verb === "compared" ? comparisonHint(left, right) : undefined,
        fix: of.kind === "binary" && isScaling(of, left, right) ? scaling(of, scope.source) : undefined,
      },
    ),
  );
  return null;
}

/** A price and an oscillator share no scale. */
function comparisonHint(left: ValueType, right: ValueType): string | undefined {
  const isA = (name: string): boolean => typeName(left) === name || typeName(right) === name;
  const isMixed = isA("price") && isA("number");
  return isMixed ? "prices are compared with prices, oscillators with plain numbers" : undefined;
}

function isScaling({ operator }: BinaryExpression, left: ValueType, right: ValueType): boolean {
  if ((operator !== "+" && operator !== "-") || left.kind === "bool" || right.kind === "bool") return false;
  return right.unit !== null && sameUnit(right.unit, units.ratio);
}
