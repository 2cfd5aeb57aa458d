import { isUnknown, type MetricContext, type Unknown } from "./metric.js";
import { enoughForMoments, sessionReturns } from "./metrics/facts/session-returns.js";

/** What a rolling figure may look at: the sessions of one window. */
export interface SessionWindow {
  /** Returns of the account. */
  readonly own: Float64Array;
  /** Returns of the market in the same sessions; null where its prices are not all positive. */
  readonly market: Float64Array | null;
  readonly sessionsPerYear: number;
}

/** A figure that is told anew at the end of each session, of the sessions in a window that ends there. */
export interface RollingFigure {
  readonly name: string;
  readonly title: string;
  readonly unit: "ratio" | "number";
  readonly formula: string;
  readonly source: string;
  /** NaN where it cannot be told. */
  readonly compute: (window: SessionWindow) => number;
}

export const defineRolling = (figure: RollingFigure): RollingFigure => figure;

/** The rolling figures of a run. */
export interface Rolling {
  /** Sessions in a window. */
  readonly window: number;
  /** The bars at whose close each window ends: the first is that of the first whole window. */
  readonly bars: readonly number[];
  /** By the names of the figures, a value for each of `bars`; NaN where a window cannot tell. */
  readonly values: Readonly<Record<string, readonly number[]>>;
}

/**
 * Sessions in a window: half a year, or a quarter where the run is shorter than a year. A window is to be long enough
 * for a deviation, and a run is to have several.
 */
const windowOf = (sessions: number, sessionsPerYear: number): number =>
  Math.max(enoughForMoments, Math.round(sessionsPerYear / (sessions < sessionsPerYear ? 4 : 2)));

/** All figures of a catalogue at the end of every session that has a window behind it. */
export function rollingOf(context: MetricContext, figures: readonly RollingFigure[]): Rolling | Unknown {
  const { sessionsPerYear, sessionClose, sessionEnds } = context;
  const window = windowOf(sessionEnds.length, sessionsPerYear);
  const returns = sessionReturns(context, window);
  if (isUnknown(returns)) return returns;
  const isPriced = sessionClose.every((price) => price > 0);
  const market = isPriced ? returns.map((_, i) => sessionClose[i + 1] / sessionClose[i] - 1) : null;
  const values: Record<string, number[]> = Object.fromEntries(figures.map(({ name }) => [name, []]));
  for (let end = window; end <= returns.length; end++) {
    const own = returns.slice(end - window, end);
    const seen = { own, market: market?.slice(end - window, end) ?? null, sessionsPerYear };
    for (const { name, compute } of figures) values[name].push(compute(seen));
  }
  return { window, bars: Array.from(sessionEnds.subarray(window - 1)), values };
}
