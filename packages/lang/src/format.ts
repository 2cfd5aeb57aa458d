import { hasErrors, type Diagnostic } from "./diagnostic.js";
import { Comments } from "./format/comments.js";
import { render } from "./format/document.js";
import { printFile } from "./format/print.js";
import { layOut } from "./layout.js";
import { parseFile } from "./parse.js";
import { theParser } from "./parser.js";
import type { Source } from "./source.js";
import { tokenize } from "./tokens.js";

/** The most characters a formatted line has, where it can be cut. */
const lineWidth = 100;

/**
 * The same program as everybody writes it: two blanks further in per block, a statement a line, columns aligned.
 * Its tokens and comments stay as they are, but for commas behind the last entry of a literal.
 *
 * @returns the text with `\n` between lines, or what is wrong with a file that cannot be parsed
 */
export function format(
  source: Source,
): { readonly text: string } | { readonly diagnostics: readonly Diagnostic[] } {
  const { diagnostics } = parseFile(source);
  if (hasErrors(diagnostics)) return { diagnostics };
  const { tokens, groups } = tokenize(source.text);
  const parser = theParser();
  parser.input = layOut(tokens).tokens;
  const comments = new Comments(source, tokens, groups["comments"] ?? []);
  return { text: render(printFile(parser.file(), comments), lineWidth) };
}
