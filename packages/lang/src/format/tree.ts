import type { CstNode, IToken } from "chevrotain";
import { nodeSpan, tokenSpan } from "../span.js";
import type { Span } from "../source.js";

/** A node or token with the name it has in its production. */
export interface Child {
  readonly key: string;
  readonly of: CstNode | IToken;
}

export const isNode = (of: CstNode | IToken): of is CstNode => "children" in of;
export const spanOf = ({ of }: Child): Span => (isNode(of) ? nodeSpan(of) : tokenSpan(of));

/** What a production was read from, in the order of the text. */
export const childrenOf = (node: CstNode): readonly Child[] =>
  Object.entries(node.children)
    .flatMap(([key, all]) => all.map((of): Child => ({ key, of })))
    .sort((a, b) => spanOf(a).start - spanOf(b).start);

/** Cut before each child of which `isFirst` is true. */
export function cutBefore(
  children: readonly Child[],
  isFirst: (child: Child) => boolean,
): readonly (readonly Child[])[] {
  const parts: Child[][] = [];
  for (const child of children) {
    const last = parts.at(-1);
    if (last === undefined || isFirst(child)) parts.push([child]);
    else last.push(child);
  }
  return parts;
}
