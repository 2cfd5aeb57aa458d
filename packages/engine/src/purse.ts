import type { Instrument } from "./instrument.js";
import { TrackRecord } from "./track-record.js";
import { Turnover } from "./turnover.js";

/** The money of an account, in its steps, and what the closed trades add up to; several ledgers may share one. */
export interface Purse {
  cash: number;
  readonly record: TrackRecord;
}

export const purseOf = (instrument: Instrument, initialCapital: number): Purse => ({
  cash: instrument.money(initialCapital),
  record: new TrackRecord(instrument),
});

/** What a venue holds for an account; the markets of several instruments may share one. */
export interface Till {
  cash: number;
  readonly turnover: Turnover;
  /** The night up to which what it owes has been paid for. */
  paidUntil: number;
  /** The instant at which money is converted, in milliseconds UTC. */
  now: number;
  readonly markets: Reserving[];
}

/** A market, what of the cash it reserves, and what its position has cost that was never paid. */
interface Reserving {
  readonly reserved: number;
  readonly unpaid: number;
}

export const tillOf = (cash: number): Till => ({
  cash,
  turnover: new Turnover(),
  paidUntil: -Infinity,
  now: NaN,
  markets: [],
});
