import type { CstElement, CstNode, IToken } from "chevrotain";
import type {
  Argument,
  BinaryExpression,
  Declaration,
  Expression,
  Name,
  ParameterRange,
  SizeClause,
  StrategyDeclaration,
} from "./ast.js";
import { operators, prefixOperators, type OperatorSymbol, type PrefixSymbol } from "./operators.js";
import { spanning } from "./source.js";
import { nodeSpan, tokenSpan } from "./span.js";

/**
 * CST → AST. The only file that knows the shapes of Chevrotain's tree. A declaration or a clause that could not be read
 * to its end is left out: the parser has reported it already.
 */

const isNode = (element: CstElement): element is CstNode => "children" in element;

const nodes = (of: CstNode, name: string): CstNode[] => (of.children[name] ?? []).filter(isNode);
const tokens = (of: CstNode, name: string): IToken[] =>
  (of.children[name] ?? []).filter(
    (each): each is IToken => !isNode(each) && !Number.isNaN(each.startOffset),
  );
const node = (of: CstNode, name: string): CstNode | undefined => nodes(of, name)[0];
const token = (of: CstNode, name: string): IToken | undefined => tokens(of, name)[0];

const nameOf = (of: IToken): Name => ({ name: of.image, span: tokenSpan(of) });

/** Where productions end that an error follows at once. */
export type Damage = readonly number[];

/** An entry is judged clause by clause, everything else by all of it. */
function isWhole(of: CstNode, damage: Damage): boolean {
  const { start, end } = nodeSpan(of);
  return of.recoveredNode !== true && !damage.some((place) => start < place && place <= end);
}

const escapes: Record<string, string> = { n: "\n", t: "\t" };
const unquote = (of: IToken): string =>
  of.image.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);

export interface LoweredFile {
  readonly edition: Name | null;
  readonly strategy: StrategyDeclaration | null;
}

export function lowerFile(file: CstNode, damage: Damage): LoweredFile {
  const edition = token(file, "NumberLiteral");
  const strategy = node(file, "strategy");
  return {
    edition: edition === undefined ? null : nameOf(edition),
    strategy: strategy === undefined ? null : lowerStrategy(strategy, damage),
  };
}

export function lowerSoleExpression(root: CstNode): Expression | null {
  return expressionIn(root, "expression");
}

function lowerStrategy(of: CstNode, damage: Damage): StrategyDeclaration | null {
  const title = token(of, "StringLiteral");
  if (title === undefined) return null;
  const clock = token(of, "Interval");
  return {
    name: unquote(title),
    nameSpan: tokenSpan(title),
    clock: clock === undefined ? null : nameOf(clock),
    body: nodes(of, "declaration").flatMap((each) => lowerDeclaration(each, damage) ?? []),
    span: nodeSpan(of),
  };
}

function lowerDeclaration(of: CstNode, damage: Damage): Declaration | null {
  const child = Object.values(of.children).flat().find(isNode);
  if (child === undefined || !isWhole(of, child.name === "enter" ? [] : damage)) return null;
  switch (child.name) {
    case "param":
      return lowerParameter(child);
    case "require": {
      const condition = expressionIn(child, "expression");
      return condition && { kind: "require", condition, span: nodeSpan(child) };
    }
    case "let": {
      const name = token(child, "NameToken");
      const value = expressionIn(child, "expression");
      return name && value ? { kind: "let", name: nameOf(name), value, span: nodeSpan(child) } : null;
    }
    case "costs":
      return {
        kind: "costs",
        commissions: expressionsIn(child, "commission"),
        slippages: expressionsIn(child, "slippage"),
        span: nodeSpan(child),
      };
    case "enter":
      return lowerEnter(child, damage);
    case "exit":
      return lowerExit(child);
    default:
      throw new Error(`lower: no declaration \`${child.name}\``);
  }
}

function lowerParameter(of: CstNode): Declaration | null {
  const name = token(of, "NameToken");
  const type = token(of, "type");
  const initial = expressionIn(of, "default");
  if (name === undefined || type === undefined || initial === null) return null;
  const choices = node(of, "choices");
  const interval = node(of, "interval");
  const range = choices ? lowerChoices(choices) : interval ? lowerInterval(interval) : null;
  return {
    kind: "param",
    name: nameOf(name),
    type: nameOf(type),
    default: initial,
    range,
    span: nodeSpan(of),
  };
}

const lowerChoices = (of: CstNode): ParameterRange => ({
  kind: "choices",
  values: nodes(of, "expression").flatMap((each) => lowerExpression(each) ?? []),
  span: nodeSpan(of),
});

function lowerInterval(of: CstNode): ParameterRange | null {
  const from = expressionIn(of, "from");
  const to = expressionIn(of, "to");
  if (from === null || to === null) return null;
  const logarithmic = token(of, "Word_log") !== undefined;
  return { kind: "interval", from, to, step: expressionIn(of, "step"), logarithmic, span: nodeSpan(of) };
}

function lowerEnter(of: CstNode, damage: Damage): Declaration | null {
  const condition = node(of, "expression");
  const when = condition && isWhole(condition, damage) ? lowerExpression(condition) : null;
  const keyword = token(of, "Keyword_enter");
  if (when === null || keyword === undefined) return null;
  const written = nodes(of, "orderClause");
  const clauses = written.filter((each) => isWhole(each, damage));
  const tag = token(of, "StringLiteral");
  return {
    kind: "enter",
    side: token(of, "Word_long") ? "long" : "short",
    tag: tag ? unquote(tag) : null,
    when,
    sizes: clauses.flatMap((each) => nodes(each, "size")).flatMap((each) => lowerSize(each) ?? []),
    stops: clauses.flatMap((each) => expressionsIn(each, "stopPrice")),
    targets: clauses.flatMap((each) => expressionsIn(each, "targetPrice")),
    unprotected: clauses.flatMap((each) => tokens(each, "Word_unprotected")).map(tokenSpan),
    isComplete: clauses.length === written.length,
    keyword: tokenSpan(keyword),
    span: nodeSpan(of),
  };
}

function lowerSize(of: CstNode): SizeClause | null {
  const value = expressionIn(of, "size");
  if (value === null) return null;
  const cap = expressionIn(of, "cap");
  const ofEquity = tokens(of, "Word_of").length > (cap === null ? 0 : 1);
  return { kind: ofEquity ? "equity" : "units", value, cap, span: nodeSpan(of) };
}

function lowerExit(of: CstNode): Declaration | null {
  const when = expressionIn(of, "expression");
  if (when === null) return null;
  const side = token(of, "Word_long") ? "long" : token(of, "Word_short") ? "short" : null;
  const tag = token(of, "StringLiteral");
  return { kind: "exit", side, tag: tag ? unquote(tag) : null, when, span: nodeSpan(of) };
}

function expressionIn(of: CstNode, name: string): Expression | null {
  const child = node(of, name);
  return child === undefined ? null : lowerExpression(child);
}

const expressionsIn = (of: CstNode, name: string): Expression[] =>
  nodes(of, name).flatMap((each) => lowerExpression(each) ?? []);

/** Precedence climbing over the flat list `operand (operator operand)*`. */
function lowerExpression(of: CstNode): Expression | null {
  const operands = nodes(of, "operand");
  const between = nodes(of, "operator").map(operatorSymbol);
  if (operands.length !== between.length + 1) return null;
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
  const text = sign ? sign.image : `crosses ${token(of, "Word_above") ? "above" : "below"}`;
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
    if (member === undefined) value = by && { kind: "history", of: value, by, span };
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
  const inner = expressionIn(of, "expression");
  // With its parentheses, so that a fix that quotes it does not lose them.
  return inner && { ...inner, span: nodeSpan(of) };
}

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

function shifted(digits: string, exponent: number): number {
  const [mantissa = "0", power = "0"] = digits.replaceAll("_", "").toLowerCase().split("e");
  return Number(`${mantissa}e${Number(power) + exponent}`);
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
  const value = expressionIn(of, "expression");
  const name = token(of, "NameToken");
  return value && { name: name ? nameOf(name) : null, value };
}
