import type { CandleFeedOptions, TradingRules } from "@bitfever/brokers";
import type { Broker, BrokerCapabilities, FeedEvent } from "@bitfever/runtime";
import type { ZodLike } from "../services/service.js";
import type { ServedProtocol } from "./walked-server.js";

/**
 * A kind of venue, as a configuration names it.
 *
 * @typeParam Options  what stands beside `venue` in the configuration, checked by `schema`
 */
export interface VenueKind<Options = unknown> {
  /** As in `venue: binance spot`. */
  readonly name: string;
  readonly summary: string;
  readonly capabilities: BrokerCapabilities;
  /** The package that has to be installed; null for none. */
  readonly needs: string | null;
  /** Whose protocol a local venue server talks to stand in for it; null where none can. */
  readonly server: ServedProtocol | null;
  /** A schema of zod. */
  readonly schema: ZodLike<Options>;
  /** Asks the venue what it trades; nothing is sent. `Options` without keys are enough for what anybody may ask. */
  open(options: Options): Promise<OpenVenue>;
}

/** A venue that answers. */
export interface OpenVenue {
  readonly broker: Broker;
  /** @throws BitFeverError for a symbol that it does not have */
  rules(symbol: string): TradingRules | Promise<TradingRules>;
  /** Closed bars of a symbol, and before them those behind `after`. */
  candles(options: CandleFeedOptions): AsyncGenerator<FeedEvent, void, void>;
}
