import { barsOf, type Bars } from "@bitfever/engine";
import {
  backtest,
  compile,
  crossValidate,
  monteCarlo,
  optimize,
  paper,
  paperOverHistory,
  permutationTest,
  readBars,
  walkForward,
  type Settings,
  type Strategy,
} from "bitfever";
import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.js";

/* What programs give that no compiler has looked at is told with a code, and what is allowed instead. */

const prices = Float64Array.of(10, 11, 12);
const time = Float64Array.from(prices, (_, day) => Date.UTC(2024, 0, 2 + day));
const bars = barsOf("A", { time, open: prices, high: prices, low: prices, close: prices, volume: prices });
const strategy = compile(`strategy "Up" {
  param n: bars = 1 in 1..2
  enter long when close > close[n] { stop at low }
}`);

/** Starts a run, as typed programs do. */
type Start = (given: Strategy, history: Bars, settings: Partial<Settings>) => Promise<unknown>;

const runs: readonly (readonly [name: string, start: Start])[] = [
  ["backtest", (given, history, settings) => backtest(given, history, { settings })],
  ["paperOverHistory", (given, history, settings) => paperOverHistory(given, history, { settings })],
  ["optimize", (given, history, settings) => optimize(given, history, { settings, workers: 0 }).result],
];

it.each([undefined, Promise.resolve("strategy"), Buffer.from("strategy"), { name: "up.bf" }])(
  "compile refuses %s",
  async (given) => {
    expect(await codeOf(() => compile(given as unknown as string))).toBe("BF5357");
  },
);

describe.each(runs)("%s", (_name, start) => {
  const untyped = (given: unknown, history: unknown, settings: unknown = {}) =>
    codeOf(async () => start(given as Strategy, history as Bars, settings as Partial<Settings>));

  it.each([
    ["the name of a file for a strategy", "BF5356", "up.bf", bars],
    ["nothing for a strategy", "BF5356", undefined, bars],
    ["the name of a file for bars", "BF5350", strategy, "prices.csv"],
    ["bars that are not there yet", "BF5350", strategy, Promise.resolve(bars)],
    ["no bars", "BF5350", strategy, undefined],
  ])("refuses %s: %s", async (_what, code, given, history) => {
    expect(await untyped(given, history)).toBe(code);
  });

  it("refuses a setting that cannot be, or is none", async () => {
    expect(await untyped(strategy, bars, { slippage: 0.0001 })).toBe("BF5004");
    expect(await untyped(strategy, bars, { slipage: 0.0001 })).toBe("BF5003");
  });
});

/** What takes options, with one that it has not. */
const misspelt: readonly (readonly [name: string, start: (options: object) => unknown])[] = [
  ["backtest", (options) => backtest(strategy, bars, options)],
  ["readBars", (options) => readBars([], options)],
  ["optimize", (options) => optimize(strategy, bars, options)],
  ["walkForward", (options) => walkForward(strategy, bars, { train: 1, test: 1, ...options })],
  ["crossValidate", (options) => crossValidate(strategy, bars, options)],
  ["permutationTest", (options) => permutationTest(strategy, bars, options)],
  ["monteCarlo", (options) => monteCarlo(strategy, bars, options)],
  ["paper", (options) => paper(strategy, bars, options)],
];

it.each(misspelt)("%s refuses an option that it has not", async (name, start) => {
  const refusal = async (options: object): Promise<unknown> => {
    try {
      return await start(options);
    } catch (error) {
      return error;
    }
  };
  const [known, typo] = name === "readBars" ? ["symbol", "simbol"] : ["settings", "setings"];
  expect(await refusal({ [typo]: {} })).toMatchObject({
    ...{ code: "BF5358", message: `${name} has no option \`${typo}\`` },
    hint: `did you mean \`${known}\`?`,
  });
  expect(await refusal({ slippage_in_ticks: 1 })).toMatchObject({
    hint: expect.stringMatching(/^its options are \w+, \w+/) as string,
  });
});
