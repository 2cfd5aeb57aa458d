import type { FeedKind } from "./feed-kind.js";

/** The kinds of feeds that come with BitFever, beside the candles of an exchange. */
export async function feedKinds(): Promise<readonly FeedKind[]> {
  const { fileFeed } = await import("./file-feed.js");
  const { ccxtFeed } = await import("./ccxt-feed.js");
  return [fileFeed, ccxtFeed];
}
