import type { CstNode, IToken } from "chevrotain";
import type {
  AcrossExpression,
  Argument,
  BinaryExpression,
  Entry,
  Expression,
  LoopExpression,
} from "../ast.js";
import { intervalMs } from "../interval.js";
import { operators, prefixOperators, type OperatorSymbol, type PrefixSymbol } from "../operators.js";
import { spanning } from "../source.js";
import { nodeSpan, tokenSpan } from "../span.js";
import { nameOf, node, nodes, shifted, token, tokens, unquote } from "./tree.js";

export function expressionIn(of: CstNode, name: string): Expression | null {
  const child = node(of, name);
  return child === undefined ? null : lowerExpression(child);
}

export const expressionsIn = (of: CstNode, name: string): Expression[] =>
  nodes(of, name).flatMap((each) => lowerExpression(each) ?? []);

/** Precedence climbing over the flat list `operand (operator operand)*`. */
export function lowerExpression(of: CstNode): Expression | null {
  const operands = nodes(of, "operand");
  const between = nodes(of, "operator").map(operatorSymbol);
  if (operands.length !== between.length + 1) return null;
  const [first] = operands;
  if (between.length === 0 && token(first, "prefix") === undefined) return lowerOperand(first);
  const items = operands.map((each) => ({ prefixes: tokens(each, "prefix"), node: each }));
  let next = 0;

  /** The expression that starts at the `used`-th prefix of the next operand. */
  function climb(minimum: number, used: number): Expression | null {
    const item = items[next];
    const prefix = item?.prefixes[used];
    let left: Expression | null;
    if (item === undefined) return null;
    if (prefix !== undefined) {
      const operator = prefix.image as PrefixSymbol;
      const operand = climb(prefixOperators[operator].precedence, used + 1);
      left = operand && {
        kind: "prefix",
        operator,
        operand,
        span: spanning(tokenSpan(prefix), operand.span),
      };
    } else {
      next++;
      left = lowerOperand(item.node);
    }
    for (;;) {
      const symbol = between[next - 1];
      const operator = symbol === undefined ? undefined : operators.get(symbol);
      if (symbol === undefined || operator === undefined || operator.precedence < minimum) return left;
      const right = climb(operator.precedence + 1, 0);
      if (left === null || right === null) return null;
      left = binary(symbol, left, right);
    }
  }

  return climb(0, 0);
}

const binary = (operator: OperatorSymbol, left: Expression, right: Expression): BinaryExpression => ({
  kind: "binary",
  operator,
  left,
  right,
  span: spanning(left.span, right.span),
});

function operatorSymbol(of: CstNode): OperatorSymbol {
  const sign = token(of, "BinaryOperator");
  const isElse = token(of, "Keyword_else") !== undefined;
  const text = isElse
    ? "or else"
    : sign
      ? sign.image
      : `crosses ${token(of, "Word_above") ? "above" : "below"}`;
  return text as OperatorSymbol;
}

function lowerOperand(of: CstNode): Expression | null {
  const primary = node(of, "primary");
  let value = primary === undefined ? null : lowerPrimary(primary);
  for (const suffix of nodes(of, "suffix")) {
    if (value === null) return null;
    const span = spanning(value.span, nodeSpan(suffix));
    const member = token(suffix, "NameToken");
    const given = node(suffix, "callArguments");
    const by = expressionIn(suffix, "expression");
    const to = expressionIn(suffix, "to");
    if (to !== null) value = by && { kind: "window", of: value, from: by, to, span };
    else if (member === undefined) value = by && { kind: "history", of: value, by, span };
    else if (given === undefined) value = { kind: "member", of: value, member: nameOf(member), span };
    else
      value = { kind: "method", of: value, method: nameOf(member), arguments: lowerArguments(given), span };
  }
  return value;
}

function lowerPrimary(of: CstNode): Expression | null {
  const number = node(of, "number");
  if (number !== undefined) return lowerNumber(number);
  const conditional = node(of, "conditional");
  if (conditional !== undefined) return lowerConditional(conditional);
  const reference = node(of, "reference");
  if (reference !== undefined) return lowerReference(reference);
  const truth = token(of, "Keyword_true") ?? token(of, "Keyword_false");
  if (truth !== undefined) return { kind: "bool", value: truth.image === "true", span: tokenSpan(truth) };
  const choice = node(of, "choice");
  if (choice !== undefined) return lowerMatch(choice);
  const record = node(of, "record");
  if (record !== undefined) return { kind: "record", entries: entriesOf(record), span: nodeSpan(record) };
  const span = nodeSpan(of);
  if (token(of, "Keyword_none") !== undefined) return { kind: "none", span };
  const text = token(of, "StringLiteral");
  if (text !== undefined) return { kind: "text", text: unquote(text), span };
  const interval = token(of, "Interval");
  if (interval !== undefined) return lowerDurationLiteral(interval);
  const clock = token(of, "TimeOfDay")?.image;
  if (clock !== undefined) {
    const [hours, minutes] = clock.split(":").map(Number);
    const value = (hours * 60 + minutes) * 60_000;
    return { kind: "number", value, unit: "time", span };
  }
  const items = nodes(of, "expression").map(lowerExpression);
  const [inner] = items;
  if (items.length < 2) {
    // With its parentheses, so that a fix that quotes it does not lose them.
    return inner ? { ...inner, span } : null;
  }
  return items.includes(null) ? null : { kind: "tuple", items: items.filter((each) => each !== null), span };
}

/** A month has no length, and is left to the checker to refuse. */
const lowerDurationLiteral = (of: IToken): Expression => ({
  kind: "number",
  value: intervalMs(of.image) ?? NaN,
  unit: "time",
  span: tokenSpan(of),
});

function lowerNumber(of: CstNode): Expression | null {
  const span = nodeSpan(of);
  const percent = token(of, "Percent");
  // Shifting the exponent in the text rounds once: 0.1% is the double nearest to 0.001.
  if (percent) return { kind: "number", value: shifted(percent.image.slice(0, -1), -2), unit: "ratio", span };
  const digits = token(of, "NumberLiteral");
  if (digits === undefined) return null;
  const unit = token(of, "unit")?.image;
  if (unit === "bps") return { kind: "number", value: shifted(digits.image, -4), unit: "ratio", span };
  if (unit === "bar" || unit === "bars")
    return { kind: "number", value: shifted(digits.image, 0), unit: "bars", span };
  if (unit === "tick" || unit === "ticks")
    return { kind: "number", value: shifted(digits.image, 0), unit: "ticks", span };
  return { kind: "number", value: shifted(digits.image, 0), unit: null, span };
}

function lowerConditional(of: CstNode): Expression | null {
  const condition = expressionIn(of, "condition");
  const then = expressionIn(of, "then");
  const otherwise = expressionIn(of, "else");
  if (condition === null || then === null || otherwise === null) return null;
  return { kind: "conditional", condition, then, else: otherwise, span: nodeSpan(of) };
}

function lowerReference(of: CstNode): Expression | null {
  const name = token(of, "NameToken");
  if (name === undefined) return null;
  const given = node(of, "callArguments");
  if (given === undefined) return { kind: "name", name: name.image, span: tokenSpan(name) };
  return { kind: "call", callee: nameOf(name), arguments: lowerArguments(given), span: nodeSpan(of) };
}

const lowerArguments = (of: CstNode): Argument[] =>
  nodes(of, "argument").flatMap((each) => lowerArgument(each) ?? []);

function lowerArgument(of: CstNode): Argument | null {
  const loop = node(of, "loop");
  const value = loop === undefined ? expressionIn(of, "expression") : lowerLoop(loop);
  const name = token(of, "NameToken");
  return value && { name: name ? nameOf(name) : null, value };
}

export const entriesOf = (of: CstNode): Entry[] =>
  nodes(of, "entry").flatMap((each) => {
    const name = token(each, "NameToken");
    const value = expressionIn(each, "expression");
    return name && value ? { name: nameOf(name), value } : [];
  });

function lowerMatch(of: CstNode): Expression | null {
  const matched = expressionIn(of, "expression");
  const cases = nodes(of, "case").flatMap((each) => {
    const name = token(each, "NameToken");
    const value = expressionIn(each, "expression");
    return value === null ? [] : { name: name === undefined ? null : nameOf(name), value };
  });
  return matched && { kind: "match", of: matched, cases, span: nodeSpan(of) };
}

function lowerLoop(of: CstNode): LoopExpression | AcrossExpression | null {
  const variable = token(of, "NameToken");
  const over = expressionIn(of, "over");
  const body = expressionIn(of, "body");
  if (token(of, "Word_each") !== undefined && body !== null)
    return { kind: "across", filter: expressionIn(of, "filter"), body, span: nodeSpan(of) };
  if (variable === undefined || over === null || body === null) return null;
  const name = token(of, "accumulator");
  const initial = expressionIn(of, "initial");
  return {
    kind: "loop",
    variable: nameOf(variable),
    over,
    to: expressionIn(of, "to"),
    accumulator: name && initial ? { name: nameOf(name), initial } : null,
    filter: expressionIn(of, "filter"),
    body,
    span: nodeSpan(of),
  };
}
