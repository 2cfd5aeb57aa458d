import type { Dimension } from "@bitfever/engine";
import type { Honesty, StudyResult, StudyTrial } from "../../src/index.js";

/* A search that was never made: trials of a smooth hill with noise, as many and as odd as a test wants them. */

const dimensions: readonly Dimension[] = [
  { name: "fast", kind: "steps", from: 5, step: 1, count: 46, logarithmic: false },
  { name: "stop", kind: "interval", from: 0.001, to: 0.1, logarithmic: true },
  { name: "kind", kind: "choices", values: [0, 1, 2], isOrdered: false },
  { name: "hold", kind: "choices", values: [3_600_000, 7_200_000, 86_400_000], isOrdered: true },
  { name: "wait", kind: "steps", from: 1_800_000, step: 1_800_000, count: 8, logarithmic: false },
];

const kinds = ["ema", "sma", "wma"];
const holds = ["1h", "2h", "1d"];
const waits = ["30m", "1h", "90m", "2h", "150m", "3h", "210m", "4h"];

/** A number from 0 to below 1 that is always the same of a place. */
function drawn(place: number): number {
  let mixed = Math.imul(place + 1, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

function trialOf(number: number): StudyTrial {
  const [a, b, c, noise] = [1, 2, 3, 4].map((each) => drawn(7 * number + each));
  const fast = 5 + Math.floor(46 * a);
  const stop = 0.001 * 100 ** b;
  const sharpe = 1 - ((fast - 20) / 25) ** 2 - (Math.log10(stop) + 2) ** 2 / 4 + noise / 3;
  const isFailed = number % 97 === 13;
  const isAllowed = number % 5 !== 0;
  return {
    number,
    params: {
      fast,
      stop,
      kind: kinds[number % 3],
      hold: holds[Math.floor(3 * c)],
      wait: waits[number % 8],
      size: 10,
    },
    fidelity: 1,
    objectives: [isFailed ? null : sharpe],
    allowed: isAllowed && !isFailed,
    metrics: isFailed
      ? {}
      : {
          ...{
            net_profit: 20_000 * sharpe,
            total_return: 0.2 * sharpe,
            max_drawdown: 0.3 - 0.1 * sharpe,
            sharpe,
          },
          ...{
            profit_factor: number % 11 === 0 ? null : 1 + sharpe / 2,
            trades: 40 + (number % 60),
            win_rate: 0.5,
          },
        },
    trades: isFailed ? 0 : 40 + (number % 60),
    longestHolding: isFailed ? 0 : 12,
    error: isFailed ? { code: "BF5002", message: "it failed" } : null,
  };
}

const honesty: Honesty = {
  verdict: {
    word: "luck",
    why: "Chance alone makes the best of 400 trials as good in 20% of draws.",
    level: 0.05,
  },
  ...{ trials: 400, effectiveTrials: 41.3, clusters: { count: 12, of: 300 }, sessions: 1000 },
  ...{ deflatedSharpe: 0.61, sharpeDeviation: 0.4, probabilityOfOverfitting: 0.4, probabilityOfLoss: 0.2 },
  ...{ plateau: null, minimumTrackRecord: 700, minimumTrackRecordOfBest: 2400, minimumBacktestYears: 4.9 },
  ...{ chance: 0.2, reasons: { plateau: "the best value is not above 0" } },
};

/** A search of so many trials, as `optimize` tells it. */
export function searched(count: number, changes: Partial<StudyResult> = {}): StudyResult {
  const trials = Array.from({ length: count }, (_, number) => trialOf(number));
  const value = ({ objectives }: StudyTrial): number => objectives[0] ?? -Infinity;
  const best = trials
    .filter(({ allowed }) => allowed)
    .reduce<StudyTrial | null>((a, b) => (a === null || value(b) > value(a) ? b : a), null);
  return {
    schema: "bitfever/optimize@1",
    program: { name: "Hill", hash: "sha256:1" },
    data: {
      ...{ symbols: ["MADE"], intervalMs: 86_400_000, bars: 1000, sessions: 1000, sessionsPerYear: 252 },
      ...{ from: "2020-01-01T00:00:00Z", to: "2023-12-29T00:00:00Z", hash: "sha256:2" },
    },
    settingsHash: "sha256:3",
    method: { name: "random", options: {} },
    seed: 1,
    objectives: [{ text: "sharpe", better: "higher" }],
    constraints: ["trades >= 30"],
    parameters: dimensions,
    fixed: { size: 10 },
    stopped: false,
    counts: {
      trials: count,
      failed: trials.filter(({ error }) => error !== null).length,
      disallowed: trials.filter(({ error, allowed }) => error === null && !allowed).length,
    },
    best,
    front: best === null ? [] : [best.number],
    honesty: best === null ? null : honesty,
    trials,
    ...changes,
  };
}
