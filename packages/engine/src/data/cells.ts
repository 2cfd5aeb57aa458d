/** A column of text as it lies in the file: the cell of row `i` is `bytes[starts[at], ends[at])`, `at = first + i · step`. */
export interface Cells {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly first: number;
  readonly step: number;
  readonly length: number;
}

const decoder = new TextDecoder();

/** What is written in a cell, without the blanks around it. */
export function cellText({ bytes, starts, ends, first, step }: Cells, row: number): string {
  const at = first + row * step;
  return decoder.decode(bytes.subarray(starts[at], ends[at])).trim();
}

/** Cells over texts that come from elsewhere; an absent text is an empty cell. */
export function cellsOf(texts: readonly (string | null | undefined)[]): Cells {
  const bytes = new TextEncoder().encode(texts.map((text) => text ?? "").join(""));
  const starts = new Uint32Array(texts.length);
  const ends = new Uint32Array(texts.length);
  for (let i = 0, at = 0; i < texts.length; i++) {
    starts[i] = at;
    at += utf8Length(texts[i] ?? "");
    ends[i] = at;
  }
  return { bytes, starts, ends, first: 0, step: 1, length: texts.length };
}

function utf8Length(text: string): number {
  for (let i = 0; i < text.length; i++)
    if (text.charCodeAt(i) > 127) return new TextEncoder().encode(text).length;
  return text.length;
}
