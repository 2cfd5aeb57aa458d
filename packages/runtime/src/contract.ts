import type { FieldName } from "@bitfever/lang";
import type { VenueEvent } from "@bitfever/engine";

/** A bar whose time is over, as a program names its parts; times in milliseconds UTC, prices as decimals. */
export type ClosedBar = Readonly<Record<FieldName, number>>;

/** Closed bars of one instrument, each once, in order of time. */
export type Feed = AsyncIterable<ClosedBar>;

/** Everything a session ever hears of: the market, and what the venue made of its commands. */
export type SessionEvent = { readonly kind: "bar"; readonly bar: ClosedBar } | VenueEvent;
