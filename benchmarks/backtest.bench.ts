import { compile, specialise } from "@bitfever/lang";
import { barsOf, catalogue, defaultSettings, fieldsOf, type Fields } from "@bitfever/engine";
import { backtest, finish } from "@bitfever/runtime";
import { compare } from "./compare.js";

/*
 * A moving-average cross with a stop over a million made-up bars, from columns to trades and equity: how the length of
 * a block matters, against the plainest loop a person would write for this one strategy.
 */

const length = 1_000_000;

function wanderingFields(): Fields {
  const column = (): Float64Array => new Float64Array(length);
  const columns = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296 - 0.5;
  };
  let price = 100;
  for (let i = 0; i < length; i++) {
    const open = price;
    price *= 1 + next() * 0.01;
    columns.time[i] = i * 60_000;
    columns.open[i] = open;
    columns.close[i] = price;
    columns.high[i] = Math.max(open, price) * 1.001;
    columns.low[i] = Math.min(open, price) * 0.999;
    columns.volume[i] = 1;
  }
  return fieldsOf(barsOf("MADE-UP", columns), { zone: "UTC", start: "00:00" });
}

const { program } = compile(
  {
    name: "cross.bf",
    text: `strategy "Cross" {
      enter long when sma(close, 20) crosses above sma(close, 50) { size 10 stop at close * 0.98 }
      exit long when sma(close, 20) crosses below sma(close, 50)
    }`,
  },
  catalogue,
);
if (program === null) throw new Error("the benchmark's program does not compile");
const plan = specialise(program, catalogue);
const fields = wanderingFields();
const settings = defaultSettings;

const run = (blockLength: number) => (): number =>
  finish(backtest({ plan, symbol: "MADE-UP", settings, fields, intervalMs: 60_000, blockLength })).trades
    .length;

compare(`moving-average cross with a stop, ${length} bars`, [
  ["blocks of 2,048 bars (default)", run(2_048)],
  ["blocks of 64 bars", run(64)],
  ["blocks of one bar", run(1)],
  ["one block", run(length)],
  ["hand-written loop, no ledger", () => byHand(fields)],
]);

/** The floor: two running sums, a cross, a position and its equity, and nothing else. */
function byHand({ open, low, close }: Fields): number {
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
    fast += close[i] - (i >= 20 ? close[i - 20] : 0);
    slow += close[i] - (i >= 50 ? close[i - 50] : 0);
    const now = fast / 20 - slow / 50;
    if (i >= 50) {
      if (now > 0 && before <= 0 && position === 0) {
        wanted = 1;
        stop = close[i] * 0.98;
      } else if (now < 0 && before >= 0) wanted = -1;
    }
    before = now;
    equity[i] = cash + position * close[i];
  }
  return trades;
}
