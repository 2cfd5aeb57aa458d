import type { Table } from "apache-arrow";
import { arrowTable, toArrow, type ArrowCell, type BacktestResult, type Bars } from "@bitfever/engine";
import type { Backtest } from "./backtest.js";
import { tradeColumnsOf } from "./tables.js";

/**
 * The trades as an Arrow table, a row each, with the columns of `tradesCsv`; times are timestamps of UTC.
 *
 * @example
 * const { result } = await backtest(strategy, bars);
 * const trades = await tradesTable(result);
 * console.log(trades.numRows, trades.getChild("profit")?.toArray());
 */
export function tradesTable(result: BacktestResult): Promise<Table> {
  const { trades } = result;
  return arrowTable(
    new Map(
      tradeColumnsOf(result).map((name) => [
        name,
        trades.map((trade): ArrowCell => cellOf(name, trade[name] ?? null)),
      ]),
    ),
  );
}

/** A column without a time in it, as where no trade is closed, is still one of times. */
const cellOf = (name: string, value: string | number | null): ArrowCell =>
  value !== null && (name === "entryTime" || name === "exitTime") ? new Date(value) : value;

/**
 * The account as an Arrow table, a row for each bar: `time` (a timestamp of UTC), `equity` in the currency of the account, `position`
 * in units; where money came in or went out also `flow` and `time_weighted`.
 *
 * @example
 * const account = await equityTable(await backtest(strategy, bars));
 * console.log(account.numRows === bars.length);
 */
export function equityTable({ curves, bars }: Pick<Backtest, "curves" | "bars">): Promise<Table> {
  const { equity, position, flow, timeWeighted } = curves;
  const numbers = { equity, position, flow, time_weighted: timeWeighted };
  const columns = Object.entries(numbers).flatMap(([name, values]) =>
    values === undefined ? [] : [[name, Array.from(values)] as const],
  );
  return arrowTable(
    new Map<string, readonly ArrowCell[]>([
      ["time", Array.from(bars.time, (time) => new Date(time))],
      ...columns,
    ]),
  );
}

/**
 * Bars as an Arrow table: `time` as timestamps of UTC, prices and volume as 64-bit floats that share memory with the bars. `readBars`
 * takes it back.
 *
 * @example
 * const table = await barsTable(bars);
 * console.log(table.schema.fields.map(({ name }) => name), (await readBars(table)).symbol);
 */
export const barsTable = (bars: Bars): Promise<Table> => toArrow(bars);
