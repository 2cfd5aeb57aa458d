import { readdirSync } from "node:fs";
import { sliceBars } from "@bitfever/engine";
import { backtest, compile, parseSettings, readBars, type Bars } from "bitfever";
import { shared } from "../support/shared.js";
import { chartOf, type Chart } from "./charts.js";
import { compareTrades, type Comparison } from "./comparison.js";
import { ratesOf, type ListOnChart } from "./rates.js";
import { settings, sourceOf } from "./strategies.js";
import { readTrades, tradesOf } from "./trades.js";

const lists = "oracles/tradingview";
const bars = "ETHUSDT-perp-15m.csv.gz";

/** Every list, with the chart it was exported from. */
export function readLists(): Map<string, ListOnChart> {
  const ending = ".csv.gz";
  const files = readdirSync(shared(lists)).filter((each) => each.endsWith(ending) && each !== bars);
  return new Map(
    files.map((file) => {
      const trades = readTrades(shared(`${lists}/${file}`));
      return [file.slice(0, -ending.length), { chart: chartOf(trades), trades }];
    }),
  );
}

/** Runs strategies on the bars of their charts, and compares the trades with their lists. */
export async function scoresOf(
  names: readonly string[],
  all: ReadonlyMap<string, ListOnChart>,
): Promise<Map<string, Comparison>> {
  const market = await readBars(shared(`${lists}/${bars}`));
  const rates = ratesOf(all.values());
  const cut = new Map<Chart, Bars>();
  const scores = new Map<string, Comparison>();
  for (const name of names) {
    const list = all.get(name);
    if (list === undefined) throw new Error(`there is no list of ${name}`);
    const { chart, trades } = list;
    const shown = cut.get(chart) ?? barsBetween(market, chart);
    cut.set(chart, shown);
    const { result } = await backtest(compile(sourceOf(name)), shown, {
      settings: parseSettings({ ...settings.all, ...settings[name] }),
    });
    const ours = tradesOf(result, shown).map((trade) => ({
      ...trade,
      profit: trade.profit * rates(chart, trade.exitTime),
    }));
    scores.set(name, compareTrades(trades, ours));
  }
  return scores;
}

function barsBetween(market: Bars, { from, to }: Chart): Bars {
  const start = market.time.findIndex((time) => time >= from);
  const end = market.time.findIndex((time) => time > to);
  return sliceBars(market, start, end);
}
