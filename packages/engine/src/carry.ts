import type { CarryModelName } from "@bitfever/lang";
import type { Instrument } from "./instrument.js";

/** What was held from one bar to the next; money in the instrument's steps. */
export interface Held {
  /** Of the position at the last close; below zero when short. */
  readonly value: number;
  /** What the account owes, not below zero. */
  readonly owed: number;
  /** The open times of the two bars, in milliseconds UTC. */
  readonly from: number;
  readonly to: number;
  /** Nights between them; 0 within a session. */
  readonly nights: number;
}

/** What holding cost, in steps of money; below zero it was paid to the holder. */
export type CarryCharge = (held: Held) => number;

/** A cost of holding, as against one of trading. */
export interface CarryModel {
  readonly name: CarryModelName;
  readonly summary: string;
  readonly source: string;
  /** On an instrument; the parameters stand as in `carryModels`. */
  readonly on: (instrument: Instrument, parameters: readonly (number | null)[]) => CarryCharge;
  /** Of the account as a whole, and so charged once however many instruments it holds. */
  readonly isOfAccount?: true;
}

export const defineCarry = (model: CarryModel): CarryModel => model;

/** A share of a year for each night. */
export const perNight = (rate: number | null): number => (rate ?? 0) / 365;
