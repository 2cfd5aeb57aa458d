import type { Broker, Instrument } from "@bitfever/runtime";
import type { Decimal } from "decimal.js";
import type { DrivenMarket } from "../../../src/index.js";
import type { MishapShares } from "../../../src/venue-server/wire/mishap.js";
import type { DrawnAccident } from "../accidents.js";
import type { Plan } from "../programs.js";
import type { VenueWire } from "../venue-wire.js";

/** A venue that a world may have: what it is called and trades, and how it comes to be. */
export interface WorldVenue {
  readonly name: string;
  readonly symbol: string;
  /** Its steps, as a strategy has to know them. */
  readonly steps: Readonly<Record<"tick" | "lot" | "money_decimals", number>>;
  readonly plans: readonly Plan[];
  /** Of what goes wrong by chance, what its wire knows and its adapter can answer for. */
  readonly spoiltBy: (drawn: MishapShares) => Partial<MishapShares>;
  readonly serve: (seed: number) => Promise<ServedVenue>;
}

/** The venue of one world, at work on this machine. */
export interface ServedVenue {
  readonly port: number;
  readonly market: DrivenMarket;
  readonly wire: VenueWire;
  /** What may go wrong at a time, the likeliest first. */
  readonly accidents: readonly DrawnAccident[];
  /** What the account has gained in cash by its own books, where all that is held was paid for. */
  readonly gained: () => Decimal;
  /** The order of a desk that an order is of, by client ids. */
  readonly ownerOf: (clientId: string) => string;
  /** The real adapter of the venue, over the line of a process. */
  readonly reach: (port: number) => Promise<ReachedVenue>;
  readonly close: () => Promise<void>;
}

export interface ReachedVenue {
  readonly broker: Broker;
  readonly instrument: Instrument;
}

/** How long is waited for what, in milliseconds: a minute of these worlds takes a fraction of a second. */
export const times = { pollMs: 500, settleMs: 20, timeoutMs: 2_000 };

/** Where each order of a desk is one at the venue, under its id. */
export const itself = (clientId: string): string => clientId;

/** Decimals of money beyond which a sum is what a division has left over. */
export const moneyDecimals = 8;
