import type { carryModels, CarryModelName, CostValues } from "@bitfever/lang";
import type { Instrument } from "./instrument.js";

/** What was held from one bar to the next; money in the instrument's steps. */
export interface Held {
  /** Of the position at the last close; below zero when short. */
  readonly value: number;
  /** What the account owes, not below zero; 0 for all of its instruments but the one that pays for it. */
  readonly owed: number;
  /** The open times of the two bars, in milliseconds UTC. */
  readonly from: number;
  readonly to: number;
  /** Nights between them; 0 within a session. */
  readonly nights: number;
}

/** What holding cost, in steps of money; below zero it was paid to the holder. */
export type CarryCharge = (held: Held) => number;

/** A cost of holding, as against one of trading; parameters stand as in `carryModels`. */
export interface CarryModel<Name = CarryModelName, Parameters = readonly (number | null)[]> {
  readonly name: Name;
  readonly summary: string;
  readonly source: string;
  readonly on: (instrument: Instrument, parameters: Parameters) => CarryCharge;
  /** Of the account as a whole, and so charged once, whatever is held and in how many instruments. */
  readonly isOfAccount?: true;
}

/** `chargesOn` sees to it that each gets its own parameters. */
export const defineCarry = <Name extends CarryModelName>(
  model: CarryModel<Name, CostValues<(typeof carryModels)[Name]>>,
): CarryModel => model as CarryModel;

/** A share of a year for each night. */
export const perNight = (rate: number): number => rate / 365;
