import { BitFeverError, type FieldName } from "@bitfever/lang";
import type { ClosedBar } from "../contract.js";

/** A bar as venues tell it, before its place in the session is known; `time` is the stamp that histories give it. */
export type Candle = Readonly<Record<Exclude<FieldName, "session_bar">, number>>;

export interface FeedTrade {
  /** When it happened, by the venue; milliseconds UTC. */
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  /** A number that the venue gives once and that grows: with it a trade that is told twice counts once. */
  readonly id?: number;
}

/** Bars that are missing: those with stamps in `[from, to)`. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** What a feed tells. Bars, late or not, come in order of time, each once. */
export type FeedEvent =
  | { readonly kind: "bar"; readonly bar: ClosedBar }
  /** It was missing and was asked for: it may be too old to act on. */
  | { readonly kind: "late_bar"; readonly bar: ClosedBar }
  /** The venue has changed its mind about a bar that was told; it stays as it was told. */
  | { readonly kind: "revision"; readonly told: ClosedBar; readonly revised: Candle }
  | { readonly kind: "gap"; readonly gap: Gap }
  | { readonly kind: "gap_filled"; readonly gap: Gap; readonly bars: number }
  /** What came until then was told, and the feed goes on without the rest. */
  | { readonly kind: "gap_given_up"; readonly gap: Gap; readonly bars: number; readonly why: string }
  /** Its bar had been closed: it changes nothing. */
  | { readonly kind: "late_trade"; readonly trade: FeedTrade };

/** How often something came of what was heard; `duplicate` and `stale` is what was left out in silence. */
export type FeedCounts = Readonly<Record<FeedEvent["kind"] | "duplicate" | "stale", number>>;

export const noCounts = (): Record<keyof FeedCounts, number> => ({
  ...{ bar: 0, late_bar: 0, revision: 0, gap: 0, gap_filled: 0, gap_given_up: 0, late_trade: 0 },
  ...{ duplicate: 0, stale: 0 },
});

const priceParts = ["open", "high", "low", "close"] as const;

/** @throws BitFeverError BF5168 for what is no candle */
export function checkCandle(candle: Candle): void {
  if (Number.isFinite(candle.time) && priceParts.every((part) => Number.isFinite(candle[part]))) return;
  const { time, open, high, low, close } = candle;
  throw new BitFeverError(
    "BF5168",
    `no candle: time ${time}, prices ${[open, high, low, close].join(", ")}`,
    {
      hint: "an adapter gives numbers for the time and the four prices",
    },
  );
}
