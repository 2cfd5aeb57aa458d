import { barsOf, type Bars } from "@bitfever/engine";
import { backtest } from "bitfever";
import { keepResult } from "./keep-result.js";
import { madeUpBars } from "./made-up-bars.js";
import { programOf } from "./ours.js";
import { side } from "./side.js";
import { apart, serve, sideAskedFor } from "./side-process.js";
import { measure } from "./workload.js";

/*
 * W8: 500 symbols over 2,500 daily bars on one account, ranked and rebalanced each month.
 */

const [symbols, days, rounds] = [500, 2_500, 5];

const members = (): readonly Bars[] =>
  Array.from({ length: symbols }, (_, i) =>
    barsOf(`S${String(i).padStart(3, "0")}`, madeUpBars(days, { intervalMs: 86_400_000, seed: i + 1 })),
  );

const library = side("BitFever, `backtest()` of the library", {
  prepare: () => ({ program: programOf("monthly-rotation"), all: members() }),
  run: async ({ program, all }) => (await backtest(program, all)).result,
  outcome: ({ metrics }) => ({ trades: [], netProfit: metrics.net_profit }),
});

if (sideAskedFor() !== null) serve(library);
else
  keepResult({
    workload: "w8",
    title: "500 symbols over 2,500 days, the fifty strongest chosen each month",
    inside:
      "`backtest()` of the library, from the bars of all members in memory to trades, equity, all metrics, rolling figures and the hashes of the bars; compiling the program is not inside",
    parts: [{ title: `${symbols} × ${days} bars`, sides: await measure([apart(library)], rounds) }],
  });
