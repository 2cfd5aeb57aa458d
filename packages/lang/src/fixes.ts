import type { BinaryExpression, Expression } from "./ast.js";
import type { Fix } from "./diagnostic.js";
import { operators } from "./operators.js";
import type { Source, Span } from "./source.js";

/* Changes that put a mistake right, offered beside the diagnostic. They keep what is around them as it is written. */

/** The fix of a likely typo. */
export const replacing = (span: Span, text: string | undefined): Fix | undefined =>
  text === undefined ? undefined : { title: `did you mean \`${text}\`?`, edits: [{ span, text }] };

/** `price + ratio` almost always means `price * (1 + ratio)`. */
export function scaling({ left, operator, right }: BinaryExpression, source: Source): Fix {
  const isLoose = bindsLooserThanProduct(left) && !isInParentheses(left, source);
  const [open, close] = isLoose ? ["(", ")"] : ["", ""];
  const scaled = `${open}${textOf(left, source)}${close} * (1 ${operator} ${textOf(right, source)})`;
  return {
    title: `scale it instead: \`${scaled}\``,
    edits: [
      { span: { start: left.span.start, end: left.span.start }, text: open },
      { span: { start: left.span.end, end: right.span.start }, text: `${close} * (1 ${operator} ` },
      { span: { start: right.span.end, end: right.span.end }, text: ")" },
    ],
  };
}

/** `a < b < c`, as one writes it on paper, is `a < b and b < c`. */
export function bothComparisons(first: BinaryExpression, source: Source): Fix {
  const middle = textOf(first.right, source);
  const { end } = first.span;
  return {
    title: `compare twice: \`… and ${middle} …\``,
    edits: [{ span: { start: end, end }, text: ` and ${middle}` }],
  };
}

export const textOf = ({ span }: Expression, { text }: Source): string => text.slice(span.start, span.end);

/** The span of what stands in parentheses has them in it. */
const isInParentheses = (of: Expression, { text }: Source): boolean =>
  of.kind === "binary" ? of.span.start < of.left.span.start : text[of.span.start] === "(";

const product = operators.get("*")?.precedence ?? 0;

function bindsLooserThanProduct(of: Expression): boolean {
  if (of.kind === "binary") return (operators.get(of.operator)?.precedence ?? 0) < product;
  return of.kind === "conditional" || (of.kind === "prefix" && of.operator === "not");
}
