import type { Cells } from "./cells.js";

/** A row whose number of cells is not the header's; it is in no column. */
export interface RaggedRow {
  /** Where the row starts, in bytes. */
  readonly start: number;
  readonly cells: number;
}

export interface Scan {
  readonly rows: number;
  /** Where each row starts, in bytes. */
  readonly rowStarts: Uint32Array;
  readonly ragged: readonly RaggedRow[];
  /** The cells of one of the wanted columns. */
  readonly cells: (column: number) => Cells;
}

export interface ScanOptions {
  /** The byte at which the first row starts. */
  readonly from: number;
  readonly separator: number;
  /** How many cells a row has. */
  readonly width: number;
  /** The columns whose cells are asked for later; the others are only counted. */
  readonly wanted: readonly number[];
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/**
 * Where the cells of delimited text lie. Cells may be quoted (a quote inside is written twice), lines end with LF or
 * CRLF, blank lines are passed over, and a row may end with one separator too many, as long as nothing follows it.
 */
export function scan(bytes: Uint8Array, { from, separator, width, wanted }: ScanOptions): Scan {
  const step = wanted.length;
  // The slot of a column that is not wanted lies behind the row, where the next row writes over it.
  const slots = new Int32Array(width + 1).fill(step);
  wanted.forEach((column, slot) => (slots[column] = slot));

  const ragged: RaggedRow[] = [];
  const place = { at: from, rows: 0 };
  let table = makeTable(roomFor(bytes, from), step);
  for (;;) {
    scanRows(bytes, separator, width, slots, step, table, place, ragged);
    if (place.at >= bytes.length) break;
    const expected = (place.rows * bytes.length) / Math.max(1, place.at - from);
    table = makeTable(Math.ceil(Math.max(expected * 1.02, place.rows * 1.5)), step, table);
  }
  const { starts, ends, rowStarts } = table;
  const length = place.rows;
  const cells = (column: number): Cells => ({ bytes, starts, ends, first: slots[column], step, length });
  return { rows: length, rowStarts, ragged, cells };
}

/** Rows that are expected: as many as are as long as the first, and no more than are soon grown into. */
function roomFor(bytes: Uint8Array, from: number): number {
  const firstRow = bytes.indexOf(newline, from) + 1 - from;
  return firstRow > 0 ? Math.min(4096, Math.ceil((1.1 * (bytes.length - from)) / firstRow) + 1) : 16;
}

interface Table {
  readonly capacity: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly rowStarts: Uint32Array;
}

function makeTable(capacity: number, step: number, smaller?: Table): Table {
  const starts = new Uint32Array(capacity * step + 1);
  const ends = new Uint32Array(capacity * step + 1);
  const rowStarts = new Uint32Array(capacity);
  if (smaller !== undefined) {
    starts.set(smaller.starts);
    ends.set(smaller.ends);
    rowStarts.set(smaller.rowStarts);
  }
  return { capacity, starts, ends, rowStarts };
}

/** Fills the table, from `place` to the end of the bytes or until it is full. */
function scanRows(
  bytes: Uint8Array,
  separator: number,
  width: number,
  slots: Int32Array,
  step: number,
  { capacity, starts, ends, rowStarts }: Table,
  place: { at: number; rows: number },
  ragged: RaggedRow[],
): void {
  const length = bytes.length;
  let { at, rows } = place;
  while (at < length && rows < capacity) {
    const rowStart = at;
    const base = rows * step;
    let column = 0;
    let start: number;
    let end = at;
    for (;;) {
      start = at;
      const isQuoted = at < length && bytes[at] === quote;
      if (isQuoted) at = end = closingQuote(bytes, ++start);
      let byte = newline;
      while (at < length) {
        byte = bytes[at];
        if (byte === separator || byte === newline) break;
        at++;
      }
      const isLast = at >= length || byte === newline;
      if (!isQuoted) end = isLast && at > start && bytes[at - 1] === carriageReturn ? at - 1 : at;
      const slot = base + slots[column < width ? column : width];
      starts[slot] = start;
      ends[slot] = end;
      at++;
      if (isLast) break;
      column++;
    }
    if (column === width && end === start) column--;
    if (column === width - 1) rowStarts[rows++] = rowStart;
    else if (column > 0 || !isBlank(bytes, rowStart, end))
      ragged.push({ start: rowStart, cells: column + 1 });
  }
  place.at = at;
  place.rows = rows;
}

/** The place of the quote that ends a quoted cell, or the end of the bytes. */
function closingQuote(bytes: Uint8Array, from: number): number {
  for (let i = from; i < bytes.length; i++) {
    if (bytes[i] !== quote) continue;
    if (bytes[i + 1] !== quote) return i;
    i++;
  }
  return bytes.length;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0x20 && bytes[i] !== 0x09) return false;
  return true;
}
