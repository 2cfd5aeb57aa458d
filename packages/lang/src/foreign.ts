import type { IToken, TokenType } from "chevrotain";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import type { Source } from "./source.js";
import { tokenSpan } from "./span.js";
import { ForeignSign, keyword, sign, StringLiteral } from "./tokens.js";

/** What a sign of another language is here; no type where it is simply left out. */
interface Translation {
  readonly type: TokenType | null;
  readonly text: string;
}

const translations: ReadonlyMap<string, Translation> = new Map([
  ["&&", { type: keyword.and, text: "and" }],
  ["||", { type: keyword.or, text: "or" }],
  ["!", { type: keyword.not, text: "not" }],
  [":=", { type: sign.assign, text: "=" }],
  ["<>", { type: sign.notEqual, text: "!=" }],
  [";", { type: null, text: "" }],
]);

function translationOf(image: string): Translation {
  const known = translations.get(image);
  if (known !== undefined) return known;
  if (image.startsWith("'")) return { type: StringLiteral, text: JSON.stringify(image.slice(1, -1)) };
  const comment = image.replace(/^#|^\/\*|\*\/$/g, "").trim();
  return { type: null, text: comment.replace(/^/gm, "// ") };
}

/** Reads signs of other languages as what was meant, and says how they are written here. */
export function translate(
  tokens: readonly IToken[],
  { text }: Source,
): { readonly tokens: readonly IToken[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const translated = tokens.flatMap((token) => {
    if (token.tokenType !== ForeignSign) return token;
    const span = tokenSpan(token);
    const { type, text: written } = translationOf(token.image);
    const isComment = type === null && written !== "";
    const isLast = restOfLine(text, span.end).trim() === "";
    // Words must not run into their neighbours, nor a comment swallow what follows it on its line.
    const padded = isComment
      ? isLast
        ? written
        : `${written}\n`
      : spaced(written, text, span.start, span.end);
    const found = !isComment ? token.image : token.image.startsWith("#") ? "#" : "/*";
    const instead = isComment ? "//" : written;
    const title = instead === "" ? "leave it out" : `write \`${instead}\``;
    diagnostics.push(
      diagnostic("BF1005", span, { found, instead }, { fix: { title, edits: [{ span, text: padded }] } }),
    );
    return type === null
      ? []
      : { ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0, image: written };
  });
  return { tokens: translated, diagnostics };
}

function spaced(written: string, text: string, start: number, end: number): string {
  const isWordBefore = /\w/.test(text.charAt(start - 1));
  if (written === "") return isWordBefore && /\w/.test(text.charAt(end)) ? " " : "";
  if (!/^\w+$/.test(written)) return written;
  return `${isWordBefore ? " " : ""}${written}${/\S/.test(text.charAt(end)) ? " " : ""}`;
}

function restOfLine(text: string, from: number): string {
  const end = text.indexOf("\n", from);
  return text.slice(from, end < 0 ? undefined : end);
}
