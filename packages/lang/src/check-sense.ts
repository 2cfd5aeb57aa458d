import type { BinaryExpression, Expression } from "./ast.js";
import { diagnostic } from "./diagnostic.js";
import { expressionsIn } from "./expression-parts.js";
import { textOf } from "./fixes.js";
import type { Operator } from "./operators.js";
import { apply, type TypedExpression } from "./program.js";
import type { Scope } from "./scope.js";
import type { Span } from "./source.js";
import { staticValue } from "./static.js";
import { bool } from "./type.js";

/* What means something by the grammar, and nothing to anybody: mostly a slip of the keyboard. */

/** Whether an expression is made of numbers, `true` and `false` alone. */
export const isLiteral = (of: Expression): boolean =>
  of.kind === "number" ||
  of.kind === "bool" ||
  (of.kind === "prefix" && isLiteral(of.operand)) ||
  (of.kind === "binary" && isLiteral(of.left) && isLiteral(of.right));

/** `- -x` and `not not x`: the second takes back what the first says. */
export function judgePrefix(of: Extract<Expression, { kind: "prefix" }>, { source, report }: Scope): void {
  const { operator, operand } = of;
  const isInnermost = operand.kind === "prefix" && !startsWith(operand.operand, operator, source.text);
  if (isInnermost && startsWith(operand, operator, source.text))
    report(diagnostic("BF3026", of.span, { text: textOf(of, source) }));
}

/** What two operands make that need not have been written. */
export function judgeBinary(
  of: BinaryExpression,
  { kind, kernel }: Operator,
  operands: readonly [TypedExpression, TypedExpression],
  scope: Scope,
): void {
  const { left, operator, right, span } = of;
  const { source, report } = scope;
  if (kind === "sum" && startsWith(right, "-", source.text)) {
    const hint = `if it is meant, write \`${operator === "-" ? "+" : "-"}\``;
    report(diagnostic("BF3026", span, { text: textOf(of, source) }, { hint }));
  }
  const mayBeIdle = operator !== "+" && operator !== "*" && left.kind === right.kind;
  if (mayBeIdle && isWrittenAlike(left, right, source.text) && isNamed(left)) {
    const isCheck = operator === "==" || operator === "!=";
    const hint = isCheck ? "whether there is a value at all is asked by `ready(x)`" : undefined;
    report(diagnostic("BF3027", span, { text: textOf(left, source) }, { hint }));
  }
  if (kind === "logic") {
    if (isLiteral(left)) judgeLiteral(operands[0], left.span, scope);
    if (isLiteral(right)) judgeLiteral(operands[1], right.span, scope);
  } else if (kind === "comparison" && isLiteral(left) && isLiteral(right))
    judgeLiteral(apply(kernel, operands, bool), span, scope);
}

/** A condition of numbers alone. */
function judgeLiteral(of: TypedExpression, span: Span, { report, catalogue }: Scope): void {
  const value = staticValue(of, { values: {}, lets: new Map<string, number | null>(), catalogue });
  report(diagnostic("BF3014", span, { always: value === 1 ? "always" : "never" }));
}

/** Whether the sign or word is the first of an expression, not in parentheses. */
const startsWith = (of: Expression, operator: "-" | "not", text: string): boolean =>
  text.startsWith(operator, of.span.start) && isPrefixed(of, operator);

const isPrefixed = (of: Expression, operator: "-" | "not"): boolean =>
  of.kind === "binary" ? isPrefixed(of.left, operator) : of.kind === "prefix" && of.operator === operator;

const isNamed = (of: Expression): boolean =>
  expressionsIn(of).some((each) => each.kind === "name" || each.kind === "call");

/** Whether two expressions are written alike, but for blanks. */
function isWrittenAlike(left: Expression, right: Expression, text: string): boolean {
  const written = ({ span }: Expression): string => text.slice(span.start, span.end).replace(/\s+/g, "");
  return written(left) === written(right);
}
