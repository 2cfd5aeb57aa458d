import { isUnknown, metrics, type Interval, type Resampling } from "@bitfever/engine";
import { metricText } from "./metric-text.js";

/** A row of a table of intervals: a reason has one cell. */
export interface ResamplingRow {
  readonly title: string;
  readonly cells: readonly string[];
}

/** What a resampling found, as rows for people: low, middle and high of each metric. */
export function resamplingRows({ sessions, trades }: Resampling): readonly ResamplingRow[] {
  const row = (title: string, name: string, { low, middle, high }: Interval): ResamplingRow => {
    const metric = metrics.get(name);
    if (metric === undefined) throw new Error(`resampling: no metric ${name}`);
    return { title, cells: [low, middle, high].map((value) => metricText(metric, value)) };
  };
  const titleOf = (name: string): string => metrics.get(name)?.title ?? name;
  const ofSessions = isUnknown(sessions)
    ? [{ title: "Sessions", cells: [`–  ${sessions.reason}`] }]
    : Object.entries(sessions).map(([name, interval]) => row(titleOf(name), name, interval));
  const ofTrades = isUnknown(trades)
    ? [{ title: "Trades", cells: [`–  ${trades.reason}`] }]
    : [
        row("Return, of trades", "total_return", trades.total_return),
        row("Drawdown, of trades", "max_drawdown", trades.max_drawdown),
        row("Drawdown, in another order", "max_drawdown", trades.reordered_max_drawdown),
        { title: "Draws that lose", cells: ["", `${(trades.losing_share * 100).toFixed(1)} %`, ""] },
      ];
  return [...ofSessions, ...ofTrades];
}
