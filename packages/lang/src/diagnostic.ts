import { messages, type MessageCode, type MessageValues, type Severity } from "./messages.js";
import { printable, printableLine } from "./printable.js";
import { lineText, positionAt, type Source, type Span } from "./source.js";

/** A second place that explains the first: where the other name stands, where the unit came from. */
export interface Label {
  readonly span: Span;
  readonly text: string;
}

/** Replacements that, applied together, remove the diagnostic. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

/** What the compiler has to say about one place: plain data, rendered by whoever shows it. */
export interface Diagnostic {
  readonly code: MessageCode;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly labels: readonly Label[];
  readonly hint?: string;
  readonly fix?: Fix;
}

export interface DiagnosticDetails {
  readonly labels?: readonly Label[];
  readonly hint?: string | undefined;
  readonly fix?: Fix | undefined;
}

export function diagnostic<Code extends MessageCode>(
  code: Code,
  span: Span,
  values: MessageValues<Code>,
  { labels = [], hint, fix }: DiagnosticDetails = {},
): Diagnostic {
  const entry = messages[code];
  const shown = Object.fromEntries(
    Object.entries<string>(values).map(([name, text]) => [name, printable(text, longestText)]),
  );
  return {
    code,
    severity: entry.severity,
    message: (entry.message as (values: Readonly<Record<string, string>>) => string)(shown),
    span,
    labels,
    ...(hint === undefined ? {} : { hint: printable(hint, longestText) }),
    ...(fix === undefined ? {} : { fix: { ...fix, title: printable(fix.title, longestText) } }),
  };
}

/** Names and pieces of source in a message are cut: one may be a megabyte long. */
const longestText = 200;

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === "error");
}

/** How a rendered diagnostic is painted; the identity for plain text. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly accent: (text: string) => string;
  readonly faint: (text: string) => string;
}

const same = (text: string): string => text;
export const plain: Paint = { error: same, warning: same, accent: same, faint: same };

/**
 * The diagnostic as people read it: headline, the lines in question with marks below them, hint and fix.
 *
 * @example
 * const source = { name: "wrong.bf", text: 'strategy "Wrong" { enter long when clsoe > open { unprotected } }' };
 * try {
 *   compile(source);
 * } catch (error) {
 *   if (!(error instanceof BitFeverError)) throw error;
 *   for (const each of error.diagnostics) console.log(renderDiagnostic(source, each));
 * }
 */
export function renderDiagnostic(source: Source, given: Diagnostic, paint: Paint = plain): string {
  const mark = given.severity === "error" ? paint.error : paint.warning;
  const at = positionAt(source, given.span.start);
  const marked = [
    { span: given.span, text: "", sign: "^", paint: mark },
    ...given.labels.map((label) => ({ ...label, sign: "-", paint: paint.accent })),
  ].map((each) => ({ ...each, at: positionAt(source, each.span.start) }));
  marked.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  const gutter = String(Math.max(...marked.map((each) => each.at.line))).length;
  const rail = (head: string): string => paint.faint(`${head.padStart(gutter)} │`);

  const lines = [
    `${mark(`${given.severity} ${given.code}`)}: ${given.message}`,
    `${" ".repeat(gutter)} ${paint.faint("┌─")} ${printable(source.name, longestText)}:${at.line}:${at.column}`,
  ];
  let shown = { line: 0, from: 0, to: 0 };
  for (const each of marked) {
    const text = printableLine(lineText(source, each.at.line));
    const place = each.at.column - 1;
    if (each.at.line !== shown.line) {
      shown = { line: each.at.line, ...pieceOf(text, place) };
      const [before, after] = [shown.from > 0 ? "…" : "", shown.to < text.length ? "…" : ""];
      lines.push(`${rail(String(each.at.line))} ${before}${text.slice(shown.from, shown.to)}${after}`);
    }
    if (place < shown.from || place > shown.to) continue;
    const width = Math.max(1, Math.min(each.span.end - each.span.start, shown.to - place));
    const indent = `${shown.from > 0 ? " " : ""}${text.slice(shown.from, place).replace(/[^\t]/g, " ")}`;
    lines.push(`${rail("")} ${indent}${each.paint(`${each.sign.repeat(width)} ${each.text}`.trimEnd())}`);
  }
  const note = (name: string, text: string): string =>
    `${" ".repeat(gutter)} ${paint.faint("=")} ${name}: ${text}`;
  if (given.hint !== undefined) lines.push(note("help", given.hint));
  if (given.fix !== undefined) lines.push(note("fix", given.fix.title));
  lines.push(note("explain", `bf-compile --explain ${given.code}`));
  return lines.join("\n");
}

/** The part of a line to show: all of it, or what is around a place when it is very long. */
function pieceOf(text: string, place: number): { readonly from: number; readonly to: number } {
  if (text.length <= 240) return { from: 0, to: text.length };
  const from = Math.max(0, place - 80);
  return { from, to: Math.min(text.length, from + 200) };
}
