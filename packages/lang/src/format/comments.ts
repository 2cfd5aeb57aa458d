import type { IToken } from "chevrotain";
import { tokenSpan } from "../span.js";
import type { Source } from "../source.js";
import type { Comment } from "./document.js";

/** A comment and whether an empty line stands before it. */
interface PlacedComment extends Comment {
  readonly isAfterBlank: boolean;
}

/** Which comments stand before and behind each token, and where there are empty lines. Each is handed out once. */
export class Comments {
  private readonly before = new Map<number, PlacedComment[]>();
  private readonly behind = new Map<number, PlacedComment>();
  /** Tokens with an empty line directly before them. */
  private readonly afterBlank = new Set<number>();

  constructor({ text }: Source, tokens: readonly IToken[], comments: readonly IToken[]) {
    const end = text.length;
    let at = 0;
    let last: { readonly end: number; readonly isToken: boolean } = { end: 0, isToken: false };
    const breaksBefore = (start: number): number =>
      text.slice(last.end, start).match(/\r\n|\r|\n/g)?.length ?? 0;
    const readTo = (start: number): void => {
      const waiting: PlacedComment[] = [];
      for (; at < comments.length && comments[at].startOffset < start; at++) {
        const span = tokenSpan(comments[at]);
        const breaks = breaksBefore(span.start);
        const isTrailing = last.isToken && breaks === 0;
        const comment: PlacedComment = {
          kind: "comment",
          text: comments[at].image.trimEnd(),
          isTrailing,
          isAfterBlank: breaks > 1,
        };
        if (isTrailing) this.behind.set(last.end, comment);
        else waiting.push(comment);
        last = { end: span.end, isToken: false };
      }
      if (waiting.length > 0) this.before.set(start, waiting);
      if (breaksBefore(start) > 1) this.afterBlank.add(start);
    };
    for (const token of tokens) {
      const span = tokenSpan(token);
      readTo(span.start);
      last = { end: span.end, isToken: true };
    }
    readTo(end + 1);
    this.end = end + 1;
  }

  /** Where the comments stand that no token comes after. */
  readonly end: number;

  /** Those on lines of their own before the token that starts at `start`. */
  takeBefore(start: number): readonly PlacedComment[] {
    const found = this.before.get(start) ?? [];
    this.before.delete(start);
    return found;
  }

  /** The one on the line of the token that ends at `end`. */
  takeBehind(end: number): readonly Comment[] {
    const found = this.behind.get(end);
    this.behind.delete(end);
    return found === undefined ? [] : [found];
  }

  isAfterBlank(start: number): boolean {
    return this.afterBlank.has(start);
  }
}
