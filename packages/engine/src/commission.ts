import type { CommissionModelName } from "@bitfever/lang";
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

/** What one order pays for what has traded of it, in steps of money; below zero it is a rebate. */
export type Charge = (traded: Traded, terms: Terms) => number;

/** A way in which brokers and venues charge. */
export interface CommissionModel {
  readonly name: CommissionModelName;
  readonly summary: string;
  readonly source: string;
  /** A charge on an instrument; the parameters stand as in `commissionModels`. */
  readonly on: (instrument: Instrument, parameters: readonly (number | null)[]) => Charge;
  /** Depends on all that an order trades together, as a minimum does; without, each fill is charged by itself. */
  readonly isOfWholeOrder: (parameters: readonly (number | null)[]) => boolean;
  readonly usesTurnover?: true;
  /** The largest share of a value that it gives back; left out, it never does. */
  readonly rebate?: (parameters: readonly (number | null)[]) => number;
}

export const defineCommission = (model: CommissionModel): CommissionModel => model;

/** A charge that is not below one amount and not above another, both in steps of money. */
export const between = (least: number, charge: number, most: number): number =>
  Math.min(Math.max(least, charge), most);
