import { priceColumns, type BarColumns } from "../bars.js";
import type { DefectKind } from "./defects.js";
import { hasComma, isAbsent } from "./numbers.js";

/** What judging a row by itself needs. */
export interface FaultInput {
  readonly columns: BarColumns;
  readonly hasVolume: boolean;
  /** Rows whose time the clocks of the zone jumped over. */
  readonly skipped: ReadonlySet<number>;
  readonly zone: string;
  /** What the file has in a cell; empty where that is nothing. */
  readonly text: (column: keyof BarColumns, row: number) => string;
}

/** The furthest time from 1970 that dates of the platform reach, in milliseconds. */
const lastTime = 8.64e15;

export interface Fault {
  readonly kind: DefectKind;
  readonly text: string;
}

/** The rows that are no bar by themselves, whatever stands before them. */
export function valueFaults(input: FaultInput): { faults: Map<number, Fault>; hasNegative: boolean } {
  const { time, open, high, low, close, volume } = input.columns;
  const { hasVolume } = input;
  const faults = new Map<number, Fault>();
  const zeros: number[] = [];
  let hasNegative = false;
  for (let i = 0; i < time.length; i++) {
    const o = open[i];
    const h = high[i];
    const l = low[i];
    const c = close[i];
    const isBar = h >= o && h >= c && l <= o && l <= c && l > 0 && h < Infinity;
    if (isBar && Math.abs(time[i]) <= lastTime && (!hasVolume || (volume[i] >= 0 && volume[i] < Infinity)))
      continue;
    const fault = faultOf(input, i);
    if (fault !== undefined) {
      faults.set(i, fault);
      continue;
    }
    if (l < 0) hasNegative = true;
    if (o === 0 || h === 0 || l === 0 || c === 0) zeros.push(i);
  }
  if (!hasNegative) {
    for (const row of zeros) {
      const zero = priceColumns.filter((column) => input.columns[column][row] === 0);
      faults.set(row, {
        kind: "zeroPrice",
        text: `the ${listed(zero)} ${zero.length === 1 ? "is" : "are"} 0`,
      });
    }
  }
  return { faults, hasNegative };
}

/** What is wrong with a row; prices of zero excepted, which only the whole file can judge. */
function faultOf({ columns, text, hasVolume, skipped, zone }: FaultInput, row: number): Fault | undefined {
  if (skipped.has(row)) {
    return { kind: "skippedTime", text: `the clocks of ${zone} went forward over ${text("time", row)}` };
  }
  if (!(Math.abs(columns.time[row]) <= lastTime)) {
    const written = text("time", row);
    return {
      kind: "unreadableTime",
      text: isAbsent(written) ? "no time" : `"${written}" is not the time of a bar`,
    };
  }

  const missing = priceColumns.filter(
    (name) => Number.isNaN(columns[name][row]) && isAbsent(text(name, row)),
  );
  if (missing.length > 0) return { kind: "missingPrice", text: `no ${listed(missing)}` };
  for (const name of hasVolume ? ([...priceColumns, "volume"] as const) : priceColumns) {
    const value = columns[name][row];
    if (Math.abs(value) === Infinity) return { kind: "infiniteNumber", text: `the ${name} is infinite` };
    if (!Number.isNaN(value)) continue;
    const written = text(name, row);
    if (isAbsent(written)) continue;
    if (hasComma(written)) return { kind: "commaInNumber", text: `the ${name} "${written}" has a comma` };
    return { kind: "unreadableNumber", text: `the ${name} "${written}" is no number` };
  }

  const high = columns.high[row];
  const low = columns.low[row];
  const above = priceColumns.find((name) => columns[name][row] > high);
  if (above !== undefined) {
    return { kind: "priceOrder", text: `the high ${high} is below the ${above} ${columns[above][row]}` };
  }
  const below = priceColumns.find((name) => columns[name][row] < low);
  if (below !== undefined) {
    return { kind: "priceOrder", text: `the low ${low} is above the ${below} ${columns[below][row]}` };
  }
  if (columns.volume[row] < 0)
    return { kind: "negativeVolume", text: `the volume is ${columns.volume[row]}` };
  return undefined;
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
