import type { PortfolioCurves, PortfolioResult } from "../portfolio/result.js";
import { drawdown, pageTrades, safeFileName } from "../report/chart-data.js";
import { packColumn } from "../report/column.js";
import { kindOf } from "../report/days-figure.js";
import { sensibleDecimals } from "../report/format.js";
import type { CursorRow, PortfolioPageData } from "../report/page-data.js";

/** What the page of a portfolio carries for its script, packed. */
export function portfolioPageData(
  { systems, trades }: PortfolioResult,
  curves: PortfolioCurves,
  moneyDecimals: number,
): PortfolioPageData {
  const ratio = (name: string, kind: string, values: Float64Array): CursorRow => {
    return { name, kind, unit: "ratio", values: packColumn(values, 5) };
  };
  const money = (name: string, kind: string, values: Float64Array): CursorRow => {
    return { name, kind, unit: "money", values: packColumn(values, moneyDecimals) };
  };
  const { time, equity, always, position } = curves;
  const bars = new Map(systems.map(({ name, data }) => [name, data.bars]));
  const prices = trades.flatMap(({ entryPrice, exitPrice }) => [entryPrice, exitPrice ?? entryPrice]);
  const own = curves.systems.map(({ growth, shadow, on }, i): readonly [string, readonly CursorRow[]] => [
    `system-${i}`,
    [
      ratio(
        "Switched",
        "equity",
        growth.map((each) => each - 1),
      ),
      ratio(
        "Shadow",
        "hold",
        shadow.map((each) => each - 1),
      ),
      ratio("Below the peak", "loss", drawdown(growth)),
      { name: "", kind: "", unit: "switch", values: packColumn(Float64Array.from(on), 0) },
    ],
  ]);
  return {
    fileName: safeFileName(systems.map(({ name }) => name).join(" ")),
    precision: "day",
    priceDecimals: sensibleDecimals([Float64Array.from(prices)], 6, 2),
    moneyDecimals,
    trades: {
      ...pageTrades(
        trades.map((each) => ({ ...each, symbol: each.system })),
        0,
        1,
      ),
      bars: trades.map(
        ({ system, entryBar, exitBar }) => (exitBar ?? (bars.get(system) ?? 1) - 1) - entryBar,
      ),
    },
    systems: systems.map(({ name }) => name),
    cursor: {
      time: packColumn(time, 0),
      rows: {
        account: [
          money("Switched", "equity", equity),
          money("Never switched", "hold", always),
          ratio("Below the peak", "loss", drawdown(equity)),
          ratio("Held", "series-2", position),
        ],
        parts: curves.systems.map(({ name, equity: part }, i) =>
          ratio(
            name,
            kindOf(i),
            part.map((each, day) => each / equity[day]),
          ),
        ),
        ...Object.fromEntries(own),
      },
    },
  };
}
