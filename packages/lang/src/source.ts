/** A text with the name people know it by; spans elsewhere are offsets into `text`. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A half-open range of UTF-16 offsets, `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One-based line and column, as editors show them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionAt(source: Source, offset: number): Position {
  const before = source.text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}

/** The text of a one-based line, without its line break. */
export function lineText(source: Source, line: number): string {
  return (source.text.split("\n")[line - 1] ?? "").replace(/\r$/, "");
}

export function spanning(first: Span, last: Span): Span {
  return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}
