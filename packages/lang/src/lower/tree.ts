import type { CstElement, CstNode, IToken } from "chevrotain";
import type { Name } from "../ast.js";
import { nodeSpan, tokenSpan } from "../span.js";

/* What is asked of Chevrotain's tree, whatever the production. */

export const isNode = (element: CstElement): element is CstNode => "children" in element;

/** A token that stands in the text, and was not made up during recovery. */
const isToken = (element: CstElement): element is IToken =>
  !isNode(element) && !Number.isNaN(element.startOffset);

export const nodes = (of: CstNode, name: string): CstNode[] => (of.children[name] ?? []).filter(isNode);
export const tokens = (of: CstNode, name: string): IToken[] => (of.children[name] ?? []).filter(isToken);
export const node = (of: CstNode, name: string): CstNode | undefined => of.children[name]?.find(isNode);
export const token = (of: CstNode, name: string): IToken | undefined => of.children[name]?.find(isToken);

export const nameOf = (of: IToken): Name => ({ name: of.image, span: tokenSpan(of) });

/** Where productions end that an error follows at once. */
export type Damage = readonly number[];

/** An entry is judged clause by clause, everything else by all of it. */
export function isWhole(of: CstNode, damage: Damage): boolean {
  const { start, end } = nodeSpan(of);
  return of.recoveredNode !== true && !damage.some((place) => start < place && place <= end);
}

const escapes: Record<string, string> = { n: "\n", t: "\t" };
export const unquote = (of: IToken): string =>
  of.image.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);

export function tagOf(of: CstNode): string | null {
  const tag = token(of, "StringLiteral");
  return tag === undefined ? null : unquote(tag);
}

export const symbolOf = (token: IToken): Name => ({ name: unquote(token), span: tokenSpan(token) });

export function symbolIn(of: CstNode, key: string): Name | null {
  const found = token(of, key);
  return found === undefined ? null : symbolOf(found);
}

/** The number that the digits say, times a power of ten that is put into the text, so that it is rounded once. */
export function shifted(digits: string, exponent: number): number {
  const [mantissa = "0", power = "0"] = digits.replaceAll("_", "").toLowerCase().split("e");
  return Number(`${mantissa}e${Number(power) + exponent}`);
}
