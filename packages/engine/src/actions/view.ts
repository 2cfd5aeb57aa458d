import { BitFeverError } from "@bitfever/lang";
import type { Bars } from "../bars.js";
import { nearestProduct, type Fraction } from "../fraction.js";
import { isoTime } from "../time.js";
import { inverse, type PlacedAction } from "./placed.js";

/**
 * How prices are seen that splits and dividends have moved: in the shares of the last bar, with dividends paid in cash; as
 * they were traded; or as if dividends had been reinvested.
 */
export const adjustments = ["splits", "none", "total_return"] as const;
export type Adjustment = (typeof adjustments)[number];

/** What happens to a holder at the open of a bar. */
export type HeldAction = { readonly time: number } & (
  | { readonly kind: "split"; readonly ratio: Fraction }
  /** For each unit held, in decimal money and the prices of the view. */
  | { readonly kind: "dividend"; readonly amount: Fraction }
);

/** What prices and volumes before a moment are multiplied by. */
export interface AdjustmentStep {
  readonly before: number;
  readonly price: number;
  readonly volume: number;
}

/** What is left for the holder where prices are seen in a view. */
export function heldActions(actions: readonly PlacedAction[], view: Adjustment): readonly HeldAction[] {
  switch (view) {
    case "total_return":
      return [];
    case "none":
      return actions;
    case "splits":
      return actions.flatMap((each, i) => {
        if (each.kind === "split") return [];
        const { time, kind, amount } = each;
        return [
          { time, kind, amount: nearestProduct(amount, ...splitsOf(actions.slice(i + 1)).map(inverse)) },
        ];
      });
  }
}

const splitsOf = (actions: readonly PlacedAction[]): readonly Fraction[] =>
  actions.flatMap((each) => (each.kind === "split" ? [each.ratio] : []));

/**
 * The steps from the prices as traded to a view of them, oldest first.
 *
 * Splits divide the prices before them and multiply the volumes. Dividends, in a view of total return, multiply the
 * prices before them by what was left of the last close.
 *
 * @source definition
 * @throws BitFeverError BF5105 for a dividend that is no less than the last close
 */
export function adjustmentSteps(
  { symbol, close }: Bars,
  actions: readonly PlacedAction[],
  view: Adjustment,
): readonly AdjustmentStep[] {
  const steps: AdjustmentStep[] = [];
  if (view === "none") return steps;
  let [bar, last] = [-1, NaN];
  for (const action of actions) {
    if (action.bar !== bar) [bar, last] = [action.bar, close[action.bar - 1]];
    if (action.kind === "split") {
      const { numerator, denominator } = action.ratio;
      steps.push({ before: action.time, price: denominator / numerator, volume: numerator / denominator });
      last *= denominator / numerator;
    } else if (view === "total_return") {
      const amount = action.amount.numerator / action.amount.denominator;
      if (!(amount < last))
        throw new BitFeverError(
          "BF5105",
          `the dividend of ${amount} of ${symbol} at ${isoTime(action.time)} is no less than the close of ${last} before it`,
          {
            hint: "is it in the currency and for the shares of that day? or run with --set adjustment=splits",
          },
        );
      steps.push({ before: action.time, price: 1 - amount / last, volume: 1 });
      last -= amount;
    }
  }
  return steps;
}

/** Bars as a view shows them; bars of another interval of the same instrument take the same steps. */
export function adjustBars(bars: Bars, steps: readonly AdjustmentStep[]): Bars {
  if (steps.length === 0) return bars;
  const { time, open, high, low, close, volume } = bars;
  const price = new Float64Array(bars.length);
  const traded = new Float64Array(bars.length);
  let [at, prices, volumes] = [steps.length - 1, 1, 1];
  for (let i = bars.length - 1; i >= 0; i--) {
    for (; at >= 0 && time[i] < steps[at].before; at--) {
      prices *= steps[at].price;
      volumes *= steps[at].volume;
    }
    price[i] = prices;
    traded[i] = volumes;
  }
  const times = (column: Float64Array, factors: Float64Array): Float64Array =>
    column.map((value, i) => value * factors[i]);
  return {
    ...bars,
    open: times(open, price),
    high: times(high, price),
    low: times(low, price),
    close: times(close, price),
    volume: times(volume, traded),
  };
}
