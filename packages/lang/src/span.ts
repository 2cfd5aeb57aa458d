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

/** Plain data with every span in it moved: what was read of a piece of a text, as a part of the whole. */
export function moved<Data>(data: Data, by: number): Data {
  const move = (of: unknown): unknown => {
    if (Array.isArray(of)) return of.map(move);
    if (typeof of !== "object" || of === null) return of;
    const entries = Object.entries(of).map(([key, each]: [string, unknown]) => [
      key,
      typeof each === "number" && (key === "start" || key === "end") ? each + by : move(each),
    ]);
    return Object.fromEntries(entries);
  };
  return move(data) as Data;
}
