import { isUnknown, metrics, type Interval, type Metric, type Resampling } from "@bitfever/engine";

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

/** A metric's value as the commands print it. */
export function metricText({ unit }: Metric, value: number): string {
  switch (unit) {
    case "ratio":
      return `${(value * 100).toFixed(2)} %`;
    case "count":
      return String(value);
    case "money":
      return value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    case "number":
      return value.toFixed(2);
    case "days":
    case "bars":
      return `${value.toFixed(1)} ${unit}`;
  }
}
