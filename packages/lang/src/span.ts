import type { CstNode, IToken } from "chevrotain";
import type { Span } from "./source.js";

/** Where a token stands in the text. */
export const tokenSpan = ({ startOffset, endOffset, image }: IToken): Span => ({
  start: startOffset,
  end: endOffset === undefined ? startOffset + image.length : endOffset + 1,
});

/** Where a production stands in the text, from its first token to its last. */
export function nodeSpan(of: CstNode): Span {
  const start = of.location?.startOffset ?? 0;
  return { start, end: Math.max(start, (of.location?.endOffset ?? start - 1) + 1) };
}

/** Newlines mean nothing to the language, but they show what somebody took for a statement of its own. */
export const isFirstOnLine = (token: IToken, before: IToken | undefined): boolean =>
  before === undefined || before.image === "{" || before.image === "}" || before.endLine !== token.startLine;
