import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { writtenResult } from "../src/backtest-json.js";
import { backtest, backtestJson, compile, readBars } from "../src/index.js";

const path = fileURLToPath(new URL("../../../examples/data/SYNTHETIC-1d.csv", import.meta.url));
const strategy = compile('strategy "Held" { enter long when close > sma(close, 20) }');

it("has what is computed when it is asked for, and no sooner", async () => {
  const run = await backtest(strategy, await readBars(path, { symbol: "S" }));
  const written = writtenResult(run);
  expect(Object.getOwnPropertyDescriptor(written, "regimes")?.get).toBeDefined();
  const { equity, ...rest } = JSON.parse(backtestJson(run)) as typeof written;
  expect(rest).toEqual(JSON.parse(JSON.stringify(run.result)));
  expect(equity).toEqual(JSON.parse(JSON.stringify(written.equity)));
});
