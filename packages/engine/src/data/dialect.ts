import { cellsOf } from "./cells.js";
import { chooseColumns, partCount, partsNamed } from "./names.js";
import { isClock, readStamps } from "./stamps.js";

/** How a text of separated values is written, found from its first lines. */
export interface Dialect {
  readonly separator: string;
  readonly names: readonly string[];
  /** The byte at which the rows start. */
  readonly from: number;
  readonly notes: readonly string[];
}

export interface Line {
  readonly text: string;
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

export const separators = [",", ";", "\t", "|"] as const;

/** Lines among which the header is looked for; some vendors put an address or a title above it. */
const headLines = 12;
/** Rows that must look like bars before a file without header is read. */
const proofLines = 50;

/** Undefined when neither a header nor rows in the usual order are found. */
export function findDialect(bytes: Uint8Array): Dialect | undefined {
  return withHeader(bytes, firstLines(bytes, headLines + 2)) ?? withoutHeader(firstLines(bytes, proofLines));
}

/** The first line with anything on it, shortened: for messages. */
export function firstLine(bytes: Uint8Array): string {
  const text = firstLines(bytes, 1)[0]?.text.trim() ?? "";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function withHeader(bytes: Uint8Array, lines: readonly Line[]): Dialect | undefined {
  let best: { line: number; separator: string; names: string[]; parts: number } | undefined;
  for (const [index, line] of lines.slice(0, headLines).entries()) {
    for (const separator of separators) {
      const names = splitLine(line.text, separator);
      const parts = partsNamed(names);
      if (parts >= 2 && parts > (best?.parts ?? 0)) best = { line: index, separator, names, parts };
    }
    if (best?.parts === partCount) break;
  }
  if (best === undefined) return undefined;
  const { separator, names } = best;
  const notes = lines
    .slice(0, best.line)
    .map((line) => `line ${line.number} stands above the header and is not read`);
  let last = lines[best.line];

  // Data frames with two levels of column names are written with the name of the index on a line of its own.
  for (const line of lines.slice(best.line + 1, best.line + 3)) {
    const [first, ...others] = splitLine(line.text, separator);
    const named = [first, ...names.slice(1)];
    const isIndexName = others.length > 0 && others.every((cell) => cell === "") && first !== "";
    if (!isIndexName || chooseColumns(named).chosen === undefined) continue;
    names[0] = first;
    last = line;
    notes.push(`the header is lines ${lines[best.line].number} to ${line.number}`);
    break;
  }
  // A row that ends with a separator has a cell more than it has values.
  if (names.length > 1 && names.at(-1) === "") names.pop();
  return { separator, names, from: Math.min(last.end + 1, bytes.length), notes };
}

/** Time, open, high, low, close and perhaps more, if the first rows read as bars in that order. */
function withoutHeader(lines: readonly Line[]): Dialect | undefined {
  for (const separator of separators) {
    const rows = lines.map((line) => splitLine(line.text, separator));
    const width = rows[0]?.length ?? 0;
    if (width < 5 || rows.some((row) => row.length !== width)) continue;
    if (!areTimes(rows.map((row) => row[0]))) continue;
    const firstPrice = areBars(rows, 1) ? 1 : width > 5 && areBars(rows, 2) ? 2 : 0;
    if (firstPrice === 0) continue;
    const hasClock = firstPrice === 2;
    if (hasClock && !isClock(cellsOf(rows.map((row) => row[1])))) continue;
    const known = [...(hasClock ? ["date"] : []), "time", "open", "high", "low", "close", "volume"];
    const names = rows[0].map((_, index) => known[index] ?? `column ${index + 1}`);
    const notes = [`no header: the columns are taken to be ${names.slice(0, known.length).join(", ")}`];
    return { separator, names, from: lines[0].start, notes };
  }
  return undefined;
}

function areTimes(texts: readonly string[]): boolean {
  const read = readStamps(cellsOf(texts), {});
  if ("question" in read) return read.question !== "small";
  return read.values.some((value) => !Number.isNaN(value));
}

/** Whether at least nine rows in ten have their highest price second and their lowest third, from some column on. */
function areBars(rows: readonly (readonly string[])[], first: number): boolean {
  const bars = rows.filter((row) => {
    const prices = row.slice(first, first + 4).map((cell) => (cell === "" ? NaN : Number(cell)));
    const [open, high, low, close] = prices;
    return high >= Math.max(open, close) && low <= Math.min(open, close);
  });
  return bars.length >= rows.length * 0.9;
}

/** The cells of one line, without the quotes and blanks around them. */
export function splitLine(line: string, separator: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length; at++) {
    let cell = "";
    const quoted = line[at] === '"';
    if (quoted) {
      for (at++; at < line.length && (line[at] !== '"' || line[at + 1] === '"'); at++) {
        if (line[at] === '"') at++;
        cell += line[at];
      }
    }
    const end = line.indexOf(separator, at);
    if (!quoted) cell = line.slice(at, end < 0 ? line.length : end);
    cells.push(cell.trim());
    at = end < 0 ? line.length : end;
  }
  return cells;
}

export function firstLines(bytes: Uint8Array, count: number): Line[] {
  const decoder = new TextDecoder();
  const lines: Line[] = [];
  for (let start = 0, number = 1; start < bytes.length && lines.length < count; number++) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    // A line of a megabyte is no line of bars.
    const text = decoder.decode(bytes.subarray(start, Math.min(end, start + 65_536))).replace(/\r$/, "");
    if (text.trim() !== "") lines.push({ text, number, start, end });
    start = end + 1;
  }
  return lines;
}
