import { readFileSync } from "node:fs";
import { pathNames, type FillRules, type Order, type PathName } from "@bitfever/engine";

/* conformance/fill-tables.json as it is read: what its schema says, as types. Its README says what the words mean. */

export interface FillTable {
  readonly title: string;
  readonly about: string;
  /** The rules of the reference that its rows show. */
  readonly shows: readonly string[];
  readonly rows: readonly FillRow[];
}

export interface FillRow {
  readonly title: string;
  /** How it was reckoned, where that is not plain. */
  readonly note?: string;
  readonly bars: readonly FillBar[];
  readonly volumes?: readonly number[];
  readonly session_bars?: readonly number[];
  readonly interval?: string;
  readonly sent: readonly Sent[];
  readonly fills?: FillClauses;
  readonly costs?: { readonly commission?: string; readonly slippage?: string };
  readonly capital?: number;
  readonly instrument?: InstrumentClauses;
  readonly only?: FillMode;
  readonly mirror?: false | string;
  /** All that the market answers, by the paths on which it does. */
  readonly expected: Readonly<Record<string, readonly string[]>>;
}

/** Open, high, low and close. */
export type FillBar = readonly [number, number, number, number];

/** Steps of price, quantity and money are rounded to, or everything is kept as given. */
export type FillMode = "exact" | "given";

export interface InstrumentClauses {
  readonly tick?: number;
  readonly lot?: number;
  readonly multiplier?: number;
  readonly money_decimals?: number;
}

export interface FillClauses {
  readonly through?: number;
  readonly on_close?: true;
  readonly hedging?: true;
  readonly latency?: number;
  readonly volume?: number;
  readonly touch?: number;
  readonly protects?: FillRules["protects"];
  readonly protection_first?: true;
  readonly stops_slip?: false;
  readonly settles_entries?: FillRules["settlesEntries"];
  readonly buys_first?: true;
  readonly margin?: number;
  readonly maintenance_margin?: number;
  readonly margin_call?: "reduce";
}

/** Sent at the close of bar `at`, 0 unless it says more. */
export interface Sent {
  readonly at?: number;
  readonly enter?: "long" | "short";
  readonly exit?: "long" | "short";
  readonly cancel?: string;
  readonly replaces?: string;
  readonly id?: string;
  readonly type?: Order["type"];
  readonly price?: number;
  readonly limit?: number;
  readonly quantity?: number;
  readonly stop?: number | { readonly at: number; readonly limit: number };
  readonly target?: number;
  readonly targets?: readonly { readonly at: number; readonly take?: number }[];
  readonly trail?: { readonly by: number | string; readonly after?: number };
  readonly good?: Good;
  readonly post_only?: true;
  readonly oco?: string;
  readonly pyramid?: number;
}

export type Good = "day" | "ioc" | "fok" | { readonly bars: number } | { readonly till_bar: number };

const file = new URL("../../conformance/fill-tables.json", import.meta.url);

export interface FillTables {
  readonly $schema: string;
  readonly about: string;
  readonly tables: readonly FillTable[];
}

export const readFillTables = (): FillTables => JSON.parse(readFileSync(file, "utf8")) as FillTables;

/** The paths that a text names: separated by blanks, or `all`. */
export const pathsOf = (text: string): readonly PathName[] =>
  text === "all" ? pathNames : pathNames.filter((name) => text.split(" ").includes(name));

/** What a row calls an order. */
export const idOf = ({ id, enter }: Sent): string => id ?? (enter === undefined ? "exit" : "entry");

/** What is said of its only target: one that is alone has no number. */
export const targetsOf = ({ target, targets = [] }: Sent): readonly { at: number; take?: number }[] =>
  target === undefined ? targets : [{ at: target }];

const upsideDown: Readonly<Record<string, string>> = {
  ...{ buy: "sell", sell: "buy", long: "short", short: "long", ohlc: "olhc", olhc: "ohlc" },
};

/** The same story upside down: 100 + x for 100 − x, and what was long is short; null for a row that is not mirrored. */
export function mirrored(row: FillRow): FillRow | null {
  const { mirror = "all" } = row;
  if (mirror === false) return null;
  const turn = (given: number): number => 200 - given;
  const swap = (text: string): string =>
    text
      .replace(/\b(buy|sell|ohlc|olhc)\b/g, (word) => upsideDown[word])
      .replace(/ at (\d+(\.\d+)?)/g, (_all, given: string) => ` at ${turn(Number(given))}`);
  const meant = (paths: string): string =>
    pathsOf(paths)
      .filter((each) => pathsOf(mirror).includes(each))
      .join(" ");
  return {
    ...row,
    bars: row.bars.map(([open, high, low, close]) => [turn(open), turn(low), turn(high), turn(close)]),
    sent: row.sent.map((each) => mirroredOrder(each, turn)),
    expected: Object.fromEntries(
      Object.entries(row.expected)
        .map(([paths, told]) => [meant(paths), told] as const)
        .filter(([paths]) => paths !== "")
        .map(([paths, told]) => [swap(paths), told.map(swap)]),
    ),
  };
}

function mirroredOrder(sent: Sent, turn: (price: number) => number): Sent {
  const side = (given: "long" | "short"): "long" | "short" => (given === "long" ? "short" : "long");
  const { enter, exit, price, limit, stop, target, targets } = sent;
  return {
    ...sent,
    ...(enter && { enter: side(enter) }),
    ...(exit && { exit: side(exit) }),
    ...(price !== undefined && { price: turn(price) }),
    ...(limit !== undefined && { limit: turn(limit) }),
    ...(typeof stop === "number" && { stop: turn(stop) }),
    ...(typeof stop === "object" && { stop: { at: turn(stop.at), limit: turn(stop.limit) } }),
    ...(target !== undefined && { target: turn(target) }),
    ...(targets && { targets: targets.map((each) => ({ ...each, at: turn(each.at) })) }),
  };
}
