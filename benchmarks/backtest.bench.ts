import { compile, specialise, type Plan } from "@bitfever/lang";
import {
  daysOf,
  timingOf,
  barsOf,
  catalogue,
  defaultSettings,
  fieldsOf,
  type Fields,
} from "@bitfever/engine";
import { backtest, finish } from "@bitfever/runtime";
import { compare } from "./compare.js";
import { madeUpBars } from "./made-up-bars.js";

/*
 * A moving-average cross with a stop over a million made-up bars, from columns to trades and equity: how the length of
 * a block matters, against the plainest loop a person would write for this one strategy.
 */

const length = 1_000_000;

function crossOf(fast: number, slow: number): Plan {
  const text = `strategy "Cross" {
    enter long when sma(close, ${fast}) crosses above sma(close, ${slow}) { size 10 stop at close * 0.9 }
    exit long when sma(close, ${fast}) crosses below sma(close, ${slow})
  }`;
  const { program } = compile({ name: "cross.bf", text }, catalogue);
  if (program === null) throw new Error("the benchmark's program does not compile");
  return specialise(program, catalogue);
}

const fields = fieldsOf(barsOf("MADE-UP", madeUpBars(length)), timingOf(daysOf({ zone: "UTC" }), 60_000));
const settings = defaultSettings;

const run = (plan: Plan, blockLength: number) => (): number =>
  finish(backtest({ plan, symbol: "MADE-UP", settings, fields, intervalMs: 60_000, blockLength })).trades
    .length;

for (const [fast, slow] of [
  [20, 50],
  [500, 2_000],
]) {
  const plan = crossOf(fast, slow);
  const trades = run(plan, 2_048)();
  compare(`sma(${fast}) crosses sma(${slow}) with a stop: ${length} bars, ${trades} trades`, [
    ["blocks of 2,048 bars (default)", run(plan, 2_048)],
    ["blocks of 64 bars", run(plan, 64)],
    ["blocks of one bar", run(plan, 1)],
    ["one block", run(plan, length)],
    ["hand-written loop, no ledger", () => byHand(fields, fast, slow)],
  ]);
}

/** The floor: two running sums, a cross, a position and its equity, and nothing else. */
function byHand({ open, low, close }: Fields, fastLength: number, slowLength: number): number {
  const equity = new Float64Array(length);
  let [fast, slow, before, cash, position, stop, wanted, trades] = [0, 0, NaN, 100_000, 0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    if (wanted === 1 && position === 0) {
      position = 10;
      cash -= 10 * open[i];
      trades++;
    } else if (wanted === -1 && position > 0) {
      cash += position * open[i];
      position = 0;
    }
    wanted = 0;
    if (position > 0 && low[i] <= stop) {
      cash += position * Math.min(open[i], stop);
      position = 0;
    }
    fast += close[i] - (i >= fastLength ? close[i - fastLength] : 0);
    slow += close[i] - (i >= slowLength ? close[i - slowLength] : 0);
    const now = fast / fastLength - slow / slowLength;
    if (i >= slowLength) {
      if (now > 0 && before <= 0 && position === 0) {
        wanted = 1;
        stop = close[i] * 0.9;
      } else if (now < 0 && before >= 0) wanted = -1;
    }
    before = now;
    equity[i] = cash + position * close[i];
  }
  return trades;
}
