import type { CandleFeedOptions, TradingRules } from "@bitfever/brokers";
import type { FeedClock, FeedEvent } from "@bitfever/runtime";
import type { ZodLike } from "../services/service.js";

/**
 * A kind of feed, as a configuration names it: bars that do not come from an exchange.
 *
 * @typeParam Options  what stands beside `kind` in the configuration, checked by `schema`
 */
export interface FeedKind<Options = unknown> {
  /** As in `kind: file`. */
  readonly name: string;
  readonly summary: string;
  /** A schema of zod. */
  readonly schema: ZodLike<Options>;
  open(options: Options, surroundings: FeedSurroundings): Promise<OpenFeed>;
}

/** What a feed is given when it is opened. */
export interface FeedSurroundings {
  /** Where paths of the options begin: the folder of the configuration. */
  readonly folder: string;
  readonly clock: FeedClock;
  /** Aborted when the run ends. */
  readonly signal: AbortSignal;
}

/** A feed that answers. */
export interface OpenFeed {
  /** Where it knows the rules of what it tells of: a strategy that trades on paper trades by them. */
  rules?(symbol: string): TradingRules;
  /** Closed bars of a symbol, and before them those behind `after`, as far as it has them. */
  candles(options: CandleFeedOptions): AsyncGenerator<FeedEvent, void, void>;
  close(): Promise<void>;
}
