import type { FieldName } from "@bitfever/lang";
import type { VenueEvent } from "@bitfever/engine";

/** A bar whose time is over, as a program names its parts; times in milliseconds UTC, prices as decimals. */
export type ClosedBar = Readonly<Record<FieldName, number>>;

/** A closed bar of another market that the strategy reads, by its place in the plan. */
export type MarketBar = ClosedBar & { readonly market: number };

/**
 * Closed bars of one instrument, each once, in order of time; between them those of the other markets that the strategy
 * reads. Of bars that close at the same instant those of other markets come first.
 */
export type Feed = AsyncIterable<ClosedBar | MarketBar>;

/** Everything a session ever hears of: the market, and what the venue made of its commands. */
export type SessionEvent =
  | { readonly kind: "bar"; readonly bar: ClosedBar }
  | { readonly kind: "market"; readonly market: number; readonly bar: ClosedBar }
  | VenueEvent;
