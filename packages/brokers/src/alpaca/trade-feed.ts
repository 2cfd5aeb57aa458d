import type { FeedTrade } from "@bitfever/runtime";
import type { FeedSurroundings } from "./candle-feed.js";
import { newcomers } from "../feeds/newcomers.js";
import { listening } from "./listening.js";
import { timeOf, type AlpacaTrade } from "./payloads.js";

export interface ShareTradesOptions {
  /** By the name that the venue has for it. */
  readonly symbol: string;
  /** A venue time from which on all are told, in milliseconds UTC; left out, from when the stream begins. */
  readonly from?: number;
}

const [firstPauseMs, longestPauseMs] = [250, 10_000];
/** So many trades are known when they are told again. */
const remembered = 20_000;

/**
 * The trades of a share, each once: from a stream, and from the history of the venue what that has left out while it was broken. Until that
 * is had, what comes later waits. `id` is left out: the venue numbers the trades of each exchange for itself.
 *
 * @throws BitFeverError BF5307 where the venue does not tell
 */
export async function* tradeFeed(
  { rest, stream, now }: FeedSurroundings,
  { symbol, from }: ShareTradesOptions,
): AsyncGenerator<FeedTrade, void, void> {
  const isNew = newcomers(remembered);
  let last = from;
  let waiting: AlpacaTrade[] = [];
  let isMissing = false;
  let [pauseMs, askAt] = [firstPauseMs, -Infinity];
  function* told(trades: readonly AlpacaTrade[]): Generator<FeedTrade, void, void> {
    for (const { t, i, x, p, s } of trades) {
      if (!isNew(`${x} ${i} ${t}`)) continue;
      const time = timeOf(t);
      last = Math.max(last ?? time, time);
      yield { time, price: p, quantity: s };
    }
  }
  for await (const { news, hasBegun } of listening(stream, { symbol, channels: ["trades"] })) {
    // What comes before the first was not asked for.
    if (hasBegun && last === undefined) last = now();
    else if (hasBegun) isMissing = true;
    waiting.push(...news.filter((each) => each.T === "t"));
    if (isMissing && now() < askAt) continue;
    if (isMissing) {
      try {
        yield* told(await rest.trades(symbol, last ?? now()));
        [isMissing, pauseMs, askAt] = [false, firstPauseMs, -Infinity];
      } catch {
        askAt = now() + pauseMs;
        pauseMs = Math.min(2 * pauseMs, longestPauseMs);
        continue;
      }
    }
    const all = waiting;
    waiting = [];
    yield* told(all);
  }
}
