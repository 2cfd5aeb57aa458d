import { metricText } from "../metric-text.js";
import type { Honesty } from "../optimize/honesty.js";
import { honestyFigures, valueOfFigure, type HonestyFigure } from "../optimize/honesty-figures.js";
import { paintOf, type Io } from "./io.js";
import { verdictLine } from "./verdict-line.js";

/** What a search says of its own luck, as it is printed for people. */
export function honestyText(io: Io, honesty: Honesty): string {
  const paint = paintOf(io);
  const { verdict, reasons } = honesty;
  const rows = honestyFigures.map((figure) => {
    const { name, title, unit } = figure;
    const value = valueOfFigure(figure, honesty);
    const text = value === null ? paint.faint(`–  ${reasons[name] ?? ""}`) : texts[unit](value, honesty);
    return `  ${title.padEnd(34)} ${text}`;
  });
  return [`  ${verdictLine(io, verdict)}`, "", ...rows].join("\n");
}

const texts: Readonly<Record<HonestyFigure["unit"], (value: number, honesty: Honesty) => string>> = {
  count: (value) => String(Math.round(value)),
  clusters: (value, { clusters }) => `${value} among ${clusters.of}`,
  share: (value) => metricText({ unit: "ratio" }, value),
  score: (value) => value.toFixed(2),
  sessions: (value, { sessions }) => `${value} sessions (there are ${sessions})`,
  years: (value) => `${value.toFixed(1)} years`,
};
