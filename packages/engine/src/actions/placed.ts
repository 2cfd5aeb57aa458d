import { BitFeverError, intervalName } from "@bitfever/lang";
import type { Bars } from "../bars.js";
import { firstNotBefore } from "../bisection.js";
import { dayMs } from "../data/zone.js";
import { nearestFraction, nearestProduct, type Fraction } from "../fraction.js";
import type { Timing } from "../trading-calendar.js";
import { inOrder, type CorporateAction } from "./action.js";

/** An action at the first bar that trades with it done. */
export type PlacedAction = { readonly bar: number; readonly time: number } & (
  | { readonly kind: "split"; readonly ratio: Fraction }
  | { readonly kind: "dividend"; readonly amount: Fraction }
);

export interface PlacedActions {
  /** Splits and dividends inside the bars, in order of time. */
  readonly actions: readonly PlacedAction[];
  /** The tickers from the open of a bar on, in order of time. */
  readonly tickers: readonly Ticker[];
  /** Splits and dividends before the first bar is over, or behind the last. */
  readonly outside: number;
}

export interface Ticker {
  readonly from: number;
  readonly ticker: string;
}

/**
 * Splits and dividends on the bars of their instrument: each at the first bar of a session on its date or later.
 *
 * @throws BitFeverError BF5102 for an action that cannot be, BF5103 for bars longer than a day
 */
export function placeActions(bars: Bars, given: readonly CorporateAction[], timing: Timing): PlacedActions {
  const dayOf = sessionDayOf(timing);
  const actions: PlacedAction[] = [];
  const tickers: Ticker[] = [];
  let outside = 0;
  for (const action of inOrder(bars.symbol, given)) {
    const bar = firstBar(bars.time, dayNumberOf(action.date), dayOf);
    if (action.kind === "symbol") {
      if (bar < bars.length) tickers.push({ from: bars.time[bar], ticker: action.symbol });
      continue;
    }
    if (bars.intervalMs > dayMs)
      throw new BitFeverError(
        "BF5103",
        `bars of ${bars.symbol} are ${intervalName(bars.intervalMs)} apart, and a split or dividend may lie inside one`,
        {
          hint: "give bars of a day or shorter; slower ones are built from them: `on 1d` and a slower clock",
        },
      );
    // On the first bar nobody holds what was held before, and there is no price before to be adjusted.
    if (bar === 0 || bar === bars.length) {
      outside++;
      continue;
    }
    const place = { bar, time: bars.time[bar] };
    if (action.kind === "dividend")
      actions.push({ ...place, kind: "dividend", amount: nearestFraction(action.amount) });
    else actions.push({ ...place, kind: "split", ratio: ratioOf(action) });
  }
  return { actions, tickers, outside };
}

function ratioOf({
  newShares,
  oldShares,
}: {
  readonly newShares: number;
  readonly oldShares: number;
}): Fraction {
  return nearestProduct(nearestFraction(newShares), inverse(nearestFraction(oldShares)));
}

export const inverse = ({ numerator, denominator }: Fraction): Fraction => ({
  numerator: denominator,
  denominator: numerator,
});

const dayNumberOf = (date: string): number => Date.parse(`${date}T00:00Z`) / dayMs;

/** The date of the session that a bar belongs to, in days since 1970. */
const sessionDayOf = ({ isDated, calendar }: Timing): ((time: number) => number) =>
  isDated ? (time) => Math.floor(time / dayMs) : (time) => calendar.sessionAt(time).day;

/** The first bar of a day or a later one; the number of bars where there is none. */
const firstBar = (time: Float64Array, day: number, dayOf: (time: number) => number): number =>
  firstNotBefore(0, time.length, (bar) => dayOf(time[bar]) < day);
