import { BitFeverError, intervalMs, type Program, type TestTable } from "@bitfever/lang";
import { barsOf, type Bars } from "@bitfever/engine";
import { shown } from "./claim.js";
import type { Histories } from "./histories.js";
import { textTable } from "./text-table.js";

const dayMs = 86_400_000;

/**
 * What the tables of a test tell: a market without one has no bars, and without one of the strategy's own there is one bar
 * on which nothing is known.
 *
 * @throws BitFeverError BF5061 for a table that is no history
 */
export function historiesOf(
  tables: readonly TestTable[],
  { clock, markets, universe }: Pick<Program, "clock" | "markets" | "universe">,
): Histories {
  const beside = markets.map(({ symbol }): [string, Bars] => {
    const table = tables.find((each) => each.symbol === symbol);
    return [symbol, table === undefined ? unknown(symbol, 0) : barsOfTable(table, clock)];
  });
  const isOwn = ({ symbol }: TestTable): boolean => {
    if (universe === null || symbol === null) return symbol === null;
    return universe.symbols?.includes(symbol) ?? !markets.some((each) => each.symbol === symbol);
  };
  const own = tables.filter(isOwn).map((each) => {
    judgeInterval(each, clock);
    return barsOfTable(each, clock);
  });
  return { own: own.length === 0 ? [unknown(plainSymbol, 1)] : own, markets: new Map(beside) };
}

/** What bars are of where that does not matter. */
const plainSymbol = "test";

/**
 * The bars of a test's table. Without volume it is 0; without times the bars begin on 2 January 2024, at 14:30 UTC where
 * they are shorter than a day, and follow one another by the interval; days are weekdays.
 */
function barsOfTable({ symbol, interval, columns, cells }: TestTable, clock: string | null): Bars {
  const length = cells.length / columns.length;
  const column = (name: string): Float64Array | null => {
    const at = columns.indexOf(name);
    return at < 0 ? null : Float64Array.from({ length }, (_, i) => cells[i * columns.length + at] ?? NaN);
  };
  if (length === 0) throw refusal("the table has no bars", "write a row for each bar below the names");
  const step = interval ?? clock ?? "1m";
  const given = (name: string): Float64Array => column(name) ?? new Float64Array(length);
  const bars = barsOf(symbol ?? plainSymbol, {
    time: column("time") ?? plainTimes(step, length),
    open: given("open"),
    high: given("high"),
    low: given("low"),
    close: given("close"),
    volume: given("volume"),
  });
  judge(bars);
  return { ...bars, intervalMs: intervalMs(step) ?? bars.intervalMs };
}

/** Bars on which nothing is known. */
function unknown(symbol: string, length: number): Bars {
  const absent = new Float64Array(length).fill(NaN);
  const time = plainTimes("1m", length);
  return barsOf(symbol, { time, open: absent, high: absent, low: absent, close: absent, volume: absent });
}

/** The times of bars that do not say theirs. */
export function plainTimes(interval: string, length: number): Float64Array {
  const step = intervalMs(interval);
  if (step === null) return Float64Array.from({ length }, (_, i) => Date.UTC(2024, i, 1));
  if (step > dayMs) return Float64Array.from({ length }, (_, i) => Date.UTC(2024, 0, 2) + i * step);
  if (step < dayMs) return Float64Array.from({ length }, (_, i) => Date.UTC(2024, 0, 2, 14, 30) + i * step);
  // The second of January is a Tuesday, a day after the Monday that weeks are counted from.
  return Float64Array.from(
    { length },
    (_, i) => Date.UTC(2024, 0, 1) + (Math.floor((i + 1) / 5) * 7 + ((i + 1) % 5)) * dayMs,
  );
}

/** Bars as the tables of a test, to be pasted into one. */
export function tablesText({ own, markets }: Histories, { clock, universe }: Program): string {
  const ownTables = own.map((each) => tableText(each, universe === null ? null : each.symbol, clock));
  return [...ownTables, ...[...markets].map(([symbol, bars]) => tableText(bars, symbol, clock))].join("\n");
}

/** Times are left out where they would be the same without. */
function tableText(
  { time, open, high, low, close, volume }: Bars,
  symbol: string | null,
  interval: string | null,
): string {
  const plain = plainTimes(interval ?? "1m", time.length);
  const columns = {
    ...(time.every((each, i) => each === plain[i]) ? {} : { time }),
    ...{ open, high, low, close },
    ...(volume.every((each) => each === 0) ? {} : { volume }),
  };
  const cell = (value: number): string => (Number.isNaN(value) ? "none" : shown(value));
  const rows = Array.from(time, (_, i) => Object.values(columns).map((each) => cell(each[i])));
  const text = textTable([Object.keys(columns), ...rows]);
  return `bars ${symbol === null ? "" : `"${symbol}" `}{\n${text.replace(/^/gm, "  ")}\n}`;
}

function judgeInterval({ interval }: TestTable, clock: string | null): void {
  if (interval !== null && clock !== null && intervalMs(interval) !== intervalMs(clock))
    throw refusal(
      `the bars are of ${interval}, but the strategy is for ${clock}`,
      `write \`bars ${clock} {\``,
    );
}

function judge({ time, high, low }: Bars): void {
  for (let i = 0; i < time.length; i++) {
    if (high[i] < low[i])
      throw refusal(`on bar ${i + 1} the high ${high[i]} is below the low ${low[i]}`, "exchange the two");
    if (i > 0 && !(time[i] > time[i - 1]))
      throw refusal(
        `the time of bar ${i + 1} is not after that of the bar before`,
        "write the oldest bar first",
      );
  }
}

const refusal = (problem: string, hint: string): BitFeverError =>
  new BitFeverError("BF5061", problem, { hint });
