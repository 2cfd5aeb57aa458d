import type { BitFeverError } from "@bitfever/runtime";
import { Bell } from "../feeds/bell.js";
import type { MarketListener, MarketNews, MarketStream } from "./market-stream.js";

/** What a listener finds the next time it looks. */
export interface Heard {
  readonly news: readonly MarketNews[];
  /** Before these the stream began to tell, for the first time or again. */
  readonly hasBegun: boolean;
}

/**
 * What a stream says of a symbol, gathered until somebody looks, and at least several times a second.
 *
 * @throws BitFeverError BF5307 where the venue does not tell
 */
export async function* listening(
  stream: MarketStream,
  { symbol, channels }: Pick<MarketListener, "symbol" | "channels">,
): AsyncGenerator<Heard, void, void> {
  let news: MarketNews[] = [];
  let hasBegun = false;
  let failure: BitFeverError | undefined;
  const bell = new Bell();
  const leave = stream.listen({
    ...{ symbol, channels },
    heard: (each) => {
      news.push(each);
      bell.ring();
    },
    listening: () => {
      hasBegun = true;
      bell.ring();
    },
    failed: (error) => {
      failure = error;
      bell.ring();
    },
  });
  try {
    for (;;) {
      if (news.length === 0 && !hasBegun && failure === undefined) await bell.next();
      if (failure !== undefined) throw failure;
      const heard = { news, hasBegun };
      [news, hasBegun] = [[], false];
      yield heard;
    }
  } finally {
    leave();
  }
}
