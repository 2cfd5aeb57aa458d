import { BarBuilder, type FeedEvent, type FeedTrade } from "@bitfever/runtime";
import type { TickByTickDataType } from "@stoqey/ib";
import type { BarFeedOptions } from "../feeds/bar-feed-options.js";
import { withHistory } from "./candle-feed.js";
import { driven, follow, type DataSurroundings } from "./market-data.js";
import { word } from "./tws-words.js";

export interface ContractTradesOptions extends BarFeedOptions {
  /** How long a bar waits for trades that come late, in milliseconds; two seconds when left out: times are told in whole ones. */
  readonly graceMs?: number;
  /** Of the history that fills gaps: also what trades before and after the regular session. */
  readonly outsideRegularHours?: boolean;
}

/** What a trade is told with, in the order of the library. */
type TickTold = [id: number, type: number, time: string, price: number, size: number];

/**
 * Closed bars of a contract, made of its trades one by one; those of which not all were heard come from the history of the venue.
 *
 * @throws BitFeverError BF5305 for an interval of which the venue has no history
 */
export function tradeFeed(
  surroundings: DataSurroundings,
  options: ContractTradesOptions,
): AsyncGenerator<FeedEvent, void, void> {
  const { now } = surroundings;
  const { timing, after, graceMs = 2_000 } = options;
  const builder = new BarBuilder({ timing, after, graceMs, from: now() });
  const told = driven<FeedTrade | "missing">((hear, fail) => followTrades(surroundings, hear, fail), {
    on: (heard) => {
      if (heard !== "missing") return builder.on(heard);
      builder.missing(now());
      return [];
    },
    at: () => builder.at(now()),
  });
  return withHistory(surroundings, told, options);
}

/** Tells trades, and where some may be missing: behind a connection that was made anew. */
function followTrades(
  surroundings: DataSurroundings,
  hear: (heard: FeedTrade | "missing") => void,
  fail: (error: Error) => void,
): () => void {
  let isFirst = true;
  return follow(surroundings, fail, (connection, id) => {
    if (!isFirst) hear("missing");
    isFirst = false;
    const stop = connection.on("tickByTickAllLast", (...[of, , time, price, size]: TickTold) => {
      if (of === id) hear({ time: Number(time) * 1_000, price, quantity: size });
    });
    const type = word<TickByTickDataType>("Last");
    connection.api.reqTickByTickData(id, surroundings.traded.contract, type, 0, false);
    return () => {
      stop();
      connection.api.cancelTickByTickData(id);
    };
  });
}
