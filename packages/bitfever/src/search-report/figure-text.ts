import type { HonestyFigure } from "../optimize/honesty-figures.js";
import type { Honesty } from "../optimize/honesty.js";
import { formatNumber, formatPercent } from "../report/format.js";

/** A figure of how much is luck, in its unit. */
export const figureText = (unit: HonestyFigure["unit"], value: number, honesty: Honesty): string =>
  texts[unit](value, honesty);

const texts: Readonly<Record<HonestyFigure["unit"], (value: number, honesty: Honesty) => string>> = {
  count: (value) => formatNumber(Math.round(value), 0),
  clusters: (value, { clusters }) => `${formatNumber(value, 0)} of ${formatNumber(clusters.of, 0)}`,
  share: (value) => formatPercent(value),
  score: (value) => formatNumber(value, 2),
  sessions: (value, { sessions }) => `${formatNumber(value, 0)} of ${formatNumber(sessions, 0)} sessions`,
  years: (value) => `${formatNumber(value, 1)} years`,
};
