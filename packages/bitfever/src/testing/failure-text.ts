import { plain, positionAt, type Paint, type Source } from "@bitfever/lang";
import type { TestFailure } from "./outcome.js";

/** A failure as people read it, in the look of a diagnostic: what, where, the line, what shows it, what would help. */
export function failureText(
  source: Source,
  { message, span, details, hint }: TestFailure,
  paint: Paint = plain,
): string {
  const { line, column } = positionAt(source, span.start);
  const text = (source.text.split("\n")[line - 1] ?? "").replace(/\r$/, "");
  const gutter = String(line).length;
  const rail = (head: string): string => paint.faint(`${head.padStart(gutter)} │`);
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  const width = Math.max(1, Math.min(span.end - span.start, text.length - column + 1));
  const shown = details === "" ? [] : details.split("\n").map((each) => `${rail("")} ${each}`.trimEnd());
  return [
    `${paint.error("failed")}: ${message}`,
    `${" ".repeat(gutter)} ${paint.faint("┌─")} ${source.name}:${line}:${column}`,
    `${rail(String(line))} ${text}`,
    `${rail("")} ${indent}${paint.error("^".repeat(width))}`,
    ...(shown.length === 0 ? [] : [rail(""), ...shown]),
    ...(hint === undefined ? [] : [`${" ".repeat(gutter)} ${paint.faint("=")} help: ${hint}`]),
  ].join("\n");
}
