import type { Honesty } from "../optimize/honesty.js";
import { metricText } from "../metric-text.js";
import { paintOf, type Io } from "./io.js";
import { verdictLine } from "./verdict-line.js";

/** What a search says of its own luck, as it is printed for people. */
export function honestyText(io: Io, honesty: Honesty): string {
  const paint = paintOf(io);
  const { verdict, trials, sessions, clusters, reasons } = honesty;
  const row = (title: string, name: keyof Honesty, text: (value: number) => string): string => {
    const value = honesty[name];
    const cell = typeof value === "number" ? text(value) : paint.faint(`–  ${reasons[name] ?? ""}`);
    return `  ${title.padEnd(34)} ${cell}`;
  };
  const share = (value: number): string => metricText({ unit: "ratio" }, value);
  const count = (value: number): string => String(Math.round(value));
  return [
    `  ${verdictLine(io, verdict)}`,
    "",
    `  ${"Trials".padEnd(34)} ${trials}`,
    row("Effective trials", "effectiveTrials", count),
    `  ${"Clusters of trials".padEnd(34)} ${clusters.count} among ${clusters.of}`,
    row("Deflated Sharpe ratio", "deflatedSharpe", share),
    row("Probability of overfitting", "probabilityOfOverfitting", share),
    row("Plateau score", "plateau", (value) => value.toFixed(2)),
    row("Minimum track record", "minimumTrackRecord", (value) => `${value} sessions (there are ${sessions})`),
    row("… above the luck of the best", "minimumTrackRecordOfBest", (value) => `${value} sessions`),
    row("Minimum backtest length", "minimumBacktestYears", (value) => `${value.toFixed(1)} years`),
  ].join("\n");
}
