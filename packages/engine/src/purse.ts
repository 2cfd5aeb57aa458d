import type { Instrument } from "./instrument.js";
import { TrackRecord } from "./track-record.js";

/** The money of an account, in its steps, and what the closed trades add up to; several ledgers may share one. */
export interface Purse {
  cash: number;
  record: TrackRecord;
}

export const purseOf = (instrument: Instrument, initialCapital: number): Purse => ({
  cash: instrument.money(initialCapital),
  record: new TrackRecord(instrument),
});

/** What a venue holds for an account; the markets of several instruments may share one. */
export interface Till {
  cash: number;
  /**
   * What was sold short in each market, and as much again: without leverage it is not there to be spent. Each is kept by
   * itself, because a sum that goes up and down would keep the noise of it.
   */
  readonly reserved: Map<object, number>;
}

export const tillOf = (cash: number): Till => ({ cash, reserved: new Map() });
