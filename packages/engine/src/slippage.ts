import { BitFeverError, type CostValues, type slippageModels, type SlippageModelName } from "@bitfever/lang";
import type { Instrument } from "./instrument.js";

/** What a market or stop order meets: a price and a quantity in the instrument's steps, and the bar around them. */
export interface Print {
  readonly price: number;
  readonly quantity: number;
  /** Decimals, as the data give them. */
  readonly bar: { readonly high: number; readonly low: number; readonly volume: number };
}

/** How much worse than the market's price an order trades, in steps of price; never below zero. */
export type Slip = (print: Print) => number;

/** A way to guess what trading at once costs; parameters stand as in `slippageModels`. */
export interface SlippageModel<Name = SlippageModelName, Parameters = readonly (number | null)[]> {
  readonly name: Name;
  readonly summary: string;
  readonly source: string;
  readonly on: (instrument: Instrument, parameters: Parameters) => Slip;
}

/** `chargesOn` sees to it that each gets its own parameters. */
export const defineSlippage = <Name extends SlippageModelName>(
  model: SlippageModel<Name, CostValues<(typeof slippageModels)[Name]>>,
): SlippageModel => model as SlippageModel;

/** A quantity as a share of the volume of its bar, from 0 to 1. @throws BitFeverError BF5066 without a volume */
export function shareOfVolume(instrument: Instrument, { quantity, bar }: Print): number {
  if (Number.isNaN(bar.volume))
    throw new BitFeverError(
      "BF5066",
      "this slippage asks for the volume of each bar, and the data have none",
      {
        hint: "give bars with a volume, or write the slippage in ticks or as a share of the price",
      },
    );
  // Of no volume at all any quantity is more.
  return Math.min(1, instrument.quantityDecimal(quantity) / bar.volume);
}
