import { priceColumns } from "../bars.js";
import type { EpochUnit } from "./stamps.js";

/** Which column of a table is which part of a bar. */
export interface Chosen {
  readonly time: number;
  /** Dates to which `time` may hold the times of day, or which it may make superfluous; the contents decide. */
  readonly date?: number | undefined;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume?: number | undefined;
  /** The unit of a column such as `time_ms`. */
  readonly unit?: EpochUnit | undefined;
  /** Whether the name says that the times are of UTC. */
  readonly isUtc: boolean;
}

/** Names as they are found in files, after `plainName`; where a file has several, the first of the list is taken. */
const aliases = {
  time: [
    ...["time", "timestamp", "datetime", "date_time", "open_time", "opentime", "time_open", "timestamp_open"],
    ...["unix", "unix_timestamp", "unix_time", "unixtime", "epoch", "ts", "t", "window_start", "ts_event"],
    ...["gmt_time", "utc_time", "time_utc", "datetime_utc", "timestamp_utc", "date_utc", "utc"],
    ...["date", "day", "trade_date", "tradedate", "dtyyyymmdd", "yyyymmdd", "price_date", "session", "dt"],
    ...["start", "start_time", "begin", "begins_at", "bucket", "period", "period_start", "candle_begin_time"],
    ...["local_time", "index", "_index_level_0", "", "unnamed_0"],
  ],
  open: ["open", "o", "open_price", "opening_price", "price_open", "first", "opn"],
  high: ["high", "h", "high_price", "price_high", "highest", "max"],
  low: ["low", "l", "low_price", "price_low", "lowest", "min"],
  close: [
    ...["close", "c", "close_price", "closing_price", "price_close", "close/last", "close*", "cls"],
    ...["last", "price"],
  ],
  volume: [
    ...["volume", "vol", "v", "base_volume", "volume_base", "total_volume", "trade_volume", "share_volume"],
    ...["tick_volume", "tickvol", "tickvolume", "tick_vol", "real_volume", "ticks", "total_ticks"],
  ],
} as const;

export type Part = keyof typeof aliases;

const dateNames = new Set(["date", "day", "trade_date", "dtyyyymmdd", "yyyymmdd"]);
const clockNames = new Set(["time", "timestamp", "time_of_day", "clock"]);
const units: readonly EpochUnit[] = ["s", "ms", "us", "ns"];

/** `<DATE>`, `Open Time`, `Adj. Close`, `1. open` and `"Volume"` as `date`, `open_time`, `adj_close`, `open`, `volume`. */
export function plainName(name: string): string {
  const bare = name
    .trim()
    .replace(/^\d+\.\s+/, "")
    .replace(/["'<>[\]]/g, "");
  return bare
    .trim()
    .toLowerCase()
    .replace(/[\s._:-]+/g, "_")
    .replace(/(?<=.)_$/, "");
}

export interface Choice {
  /** Absent when a part of the bar has no column, or two. */
  readonly chosen: Chosen | undefined;
  readonly missing: readonly Part[];
  /** The parts that two columns claim by the same name. */
  readonly repeated: readonly { readonly part: Part; readonly columns: readonly number[] }[];
}

/** Finds the parts of a bar among the names of columns. */
export function chooseColumns(names: readonly string[]): Choice {
  const plain = names.map(plainName);
  const repeated: { part: Part; columns: number[] }[] = [];

  const find = (part: Part): number => {
    for (const alias of aliases[part]) {
      const columns = indexesOf(plain, alias);
      if (columns.length > 1) repeated.push({ part, columns });
      if (columns.length > 0) return columns[0];
    }
    return -1;
  };

  let time = plain.findIndex((name) => unitOf(name) !== undefined);
  if (time < 0) time = find("time");
  const date = plain.findIndex((name) => dateNames.has(name));
  const clock = plain.findIndex((name) => clockNames.has(name));
  const [open, high, low, close] = [find("open"), find("high"), find("low"), find("close")];
  let volume = find("volume");
  // `Volume BTC` before `Volume USD`: what is traded comes before what it is paid in.
  if (volume < 0) volume = plain.findIndex((name) => /^vol(ume)?_/.test(name));

  const parts = { time, open, high, low, close };
  const missing = (["time", ...priceColumns] as const).filter((part) => parts[part] < 0);
  if (missing.length > 0 || repeated.length > 0) return { chosen: undefined, missing, repeated };
  const isPair = date >= 0 && clock >= 0 && (time === clock || time === date);
  return {
    missing,
    repeated,
    chosen: {
      ...parts,
      time: isPair ? clock : time,
      date: isPair ? date : undefined,
      volume: volume < 0 ? undefined : volume,
      unit: unitOf(plain[time]),
      isUtc: /(^|_)(utc|gmt)(_|$)/.test(plain[time]),
    },
  };
}

/** The most parts of a bar that a header can name. */
export const partCount = Object.keys(aliases).length;

/** How many parts of a bar a row of texts names: a header has most of them, a row of values none. */
export function partsNamed(names: readonly string[]): number {
  const plain = new Set(names.map(plainName).filter((name) => name !== ""));
  return Object.values(aliases).filter((each) => each.some((name) => plain.has(name))).length;
}

/** The unit that `time_ms`, `timestamp_ns` or `open_time_us` names. */
function unitOf(name: string): EpochUnit | undefined {
  const found = /^(?:time|timestamp|ts|open_time|epoch|date|datetime|unix)_(s|ms|us|ns)$/.exec(name);
  return units.find((unit) => unit === found?.[1]);
}

function indexesOf(names: readonly string[], wanted: string): number[] {
  return names.flatMap((name, index) => (name === wanted ? [index] : []));
}
