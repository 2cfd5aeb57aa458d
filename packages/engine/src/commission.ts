import type { commissionModels, CommissionModelName, CostValues } from "@bitfever/lang";
import type { Fraction } from "./fraction.js";
import type { Instrument } from "./instrument.js";

/** What has traded, in the instrument's steps and without a sign. */
export interface Traded {
  readonly value: number;
  readonly quantity: number;
}

/** What a commission may depend on besides what has traded. */
export interface Terms {
  /** The order rested and was met, instead of meeting what rested. */
  readonly isMaker: boolean;
  /** Decimal money that the account has traded in the thirty days before. */
  readonly turnover: number;
}

/**
 * What one order pays for what has traded of it, in steps of money; below zero it is a rebate. Numbers, not `Traded`: it is
 * asked several times for every entry.
 */
export type Charge = (value: number, quantity: number, terms: Terms) => number;

/** A way in which brokers and venues charge; parameters stand as in `commissionModels`. */
export interface CommissionModel<Name = CommissionModelName, Parameters = readonly (number | null)[]> {
  readonly name: Name;
  readonly summary: string;
  readonly source: string;
  readonly on: (instrument: Instrument, parameters: Parameters) => Charge;
  /** Says that it charges a share of every value and nothing else, and which; left out, it never does. */
  readonly shareOf?: (parameters: Parameters) => Fraction | null;
  /** Depends on all that an order trades together, as a minimum does; without, each fill is charged by itself. */
  readonly isOfWholeOrder: (parameters: Parameters) => boolean;
  readonly usesTurnover?: true;
  /** The largest share of a value that it gives back; left out, it never does. */
  readonly rebate?: (parameters: Parameters) => number;
}

/** `chargesOn` sees to it that each gets its own parameters. */
export const defineCommission = <Name extends CommissionModelName>(
  model: CommissionModel<Name, CostValues<(typeof commissionModels)[Name]>>,
): CommissionModel => model as CommissionModel;

/** A charge that is not below one amount and not above another, both in steps of money. */
export const between = (least: number, charge: number, most: number): number =>
  Math.min(Math.max(least, charge), most);
