import { barsOf, type BarColumns, type Bars } from "../bars.js";
import { timeText } from "./civil.js";
import { defectKinds, type Defect, type DefectKind } from "./defects.js";
import { valueFaults, type FaultInput } from "./faults.js";
import { isNewestFirst, orderFaults } from "./order.js";
import { dayMs } from "./zone.js";

/** What checking needs of a file: its columns, in the order of the file, and how to speak of its rows. */
export interface CheckInput extends FaultInput {
  readonly symbol: string;
  readonly rowWord: "line" | "row";
  readonly line: (row: number) => number;
  /** Rows that are in no column, and how many cells a row should have. */
  readonly ragged: readonly { readonly line: number; readonly cells: number }[];
  readonly width: number;
}

export interface Checked {
  /** The bars without fault, oldest first. */
  readonly bars: Bars;
  /** In the order of the file, notes last. */
  readonly defects: readonly Defect[];
}

/**
 * Checks every bar, and leaves out those that cannot be.
 *
 * A price below zero is told and kept: spreads have it, and oil had it. A price of exactly zero is kept in a file
 * that also has prices below zero; in any other it is taken for a missing price that someone wrote as 0.
 * A bar is charged with one fault only: what is wrong with itself before what its place in the file makes of it.
 */
export function checkBars(input: CheckInput): Checked {
  const { columns, line, rowWord } = input;
  const { time } = columns;
  const { faults, hasNegative } = valueFaults(input);
  const newestFirst = isNewestFirst(time);

  const all = new Uint32Array(time.length);
  for (let i = 0; i < all.length; i++) all[i] = newestFirst ? all.length - 1 - i : i;
  const sound = without(all, faults);
  const { duplicates, misplaced } = orderFaults(time, sound);
  for (const [row, earlier] of duplicates) {
    faults.set(row, { kind: "duplicateTime", text: `${rowWord} ${line(earlier)} has this time too` });
  }
  for (const row of misplaced) faults.set(row, { kind: "outOfOrder", text: "this time is out of order" });
  const rows = duplicates.size + misplaced.length > 0 ? without(sound, faults) : sound;

  const place = (row: number): string =>
    `${rowWord} ${line(row)}${Number.isNaN(time[row]) ? "" : `, ${timeText(time[row])}`}`;
  const defect = (kind: DefectKind, row: number, text: string, dropped: boolean, count = 1): Defect => ({
    kind,
    code: defectKinds[kind].code,
    line: line(row),
    time: time[row],
    values: {
      open: columns.open[row],
      high: columns.high[row],
      low: columns.low[row],
      close: columns.close[row],
      volume: columns.volume[row],
    },
    message: `${place(row)}: ${text}`,
    dropped,
    count,
  });

  const defects = Array.from(faults, ([row, { kind, text }]) => defect(kind, row, text, true));
  for (const row of input.ragged) defects.push(raggedRow(row, input));
  defects.sort((a, b) => a.line - b.line);
  if (newestFirst) {
    defects.unshift(
      defect("newestFirst", 0, "the newest bar is first and the oldest last", false, time.length),
    );
  }

  const isWhole = rows.length === time.length && !newestFirst;
  const bars = barsOf(input.symbol, isWhole ? columns : pick(columns, rows));
  if (hasNegative) {
    const negative = rows.filter((row) => columns.low[row] < 0);
    const text = `prices below zero, the first of ${counted(negative.length, "bar")}`;
    if (negative.length > 0) defects.push(defect("negativePrice", negative[0], text, false, negative.length));
  }
  const gaps = gapsOf(bars);
  if (gaps.count > 0) {
    const text = `no bars since ${timeText(bars.time[gaps.longest - 1])}, the longest of ${counted(gaps.count, "gap")}`;
    defects.push(defect("gap", rows[gaps.longest], text, false, gaps.count));
  }
  return { bars, defects };
}

const counted = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;

function raggedRow({ line, cells }: { line: number; cells: number }, { rowWord, width }: CheckInput): Defect {
  return {
    kind: "raggedRow",
    code: defectKinds.raggedRow.code,
    line,
    time: NaN,
    values: { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN },
    message: `${rowWord} ${line}: ${counted(cells, "cell")}, where the header has ${width}`,
    dropped: true,
    count: 1,
  };
}

/** Steps of more than one and a half intervals, for daily bars of more than four days; and the bar behind the longest. */
function gapsOf({ time, intervalMs }: Bars): { count: number; longest: number } {
  const usual = intervalMs === dayMs ? 4 * dayMs : 1.5 * intervalMs;
  let count = 0;
  let longest = 0;
  let most = usual;
  for (let i = 1; i < time.length; i++) {
    const step = time[i] - time[i - 1];
    if (step <= usual) continue;
    count++;
    if (step <= most) continue;
    most = step;
    longest = i;
  }
  return { count, longest };
}

function pick(columns: BarColumns, rows: Uint32Array): BarColumns {
  const picked = (column: Float64Array): Float64Array => {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < values.length; i++) values[i] = column[rows[i]];
    return values;
  };
  return {
    time: picked(columns.time),
    open: picked(columns.open),
    high: picked(columns.high),
    low: picked(columns.low),
    close: picked(columns.close),
    volume: picked(columns.volume),
  };
}

/** The rows that no fault names, in their order. */
function without(
  rows: Uint32Array<ArrayBuffer>,
  faults: ReadonlyMap<number, unknown>,
): Uint32Array<ArrayBuffer> {
  if (faults.size === 0) return rows;
  let count = 0;
  for (const row of rows) if (!faults.has(row)) rows[count++] = row;
  return rows.subarray(0, count);
}
