import { BitFeverError, type Candle, type FeedEvent } from "@bitfever/runtime";
import type { BarSizeSetting, WhatToShow } from "@stoqey/ib";
import { Bell } from "../feeds/bell.js";
import type { BarSize } from "./bar-size.js";
import type { TradedContract } from "./traded-contract.js";
import { TwsRefusal, type TwsConnection } from "./tws-connection.js";
import type { TwsLink } from "./tws-link.js";
import { utcText } from "./tws-time.js";
import { isWarning, word } from "./tws-words.js";

/** What is asked of the market data of a contract. */
export interface DataSurroundings {
  readonly link: TwsLink;
  readonly traded: TradedContract;
  readonly now: () => number;
}

/** No data for that time, or too many requests: neither is an end of it. */
const historyService = 162;
/** Nobody is asked for less, in seconds. */
const shortestSeconds = 30;

/** What a bar is told with, in the order of the library. */
type BarTold = [
  id: number,
  time: string,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
];

const candleOf = (...[, time, open, high, low, close, volume]: BarTold): Candle => ({
  ...{ time: Number(time) * 1_000, open, high, low, close, volume: volume < 0 ? 0 : volume },
});

/** Bars of the past with stamps in `[from, to)`, by the venue. */
export async function history(
  { link, traded }: DataSurroundings,
  size: BarSize,
  isRegular: boolean,
  from: number,
  to: number,
): Promise<readonly Candle[]> {
  const found = new Map<number, Candle>();
  for (let end = to; end > from; end -= size.longestMs) {
    const connection = link.current;
    if (connection === null) throw new Error("the venue cannot be reached");
    const seconds = Math.ceil(Math.min(size.longestMs, end - from) / 1_000);
    const asked = await askHistory(connection, traded, size, isRegular, end, seconds);
    for (const each of asked) if (each.time >= from && each.time < to) found.set(each.time, each);
  }
  return [...found.values()].sort((a, b) => a.time - b.time);
}

async function askHistory(
  connection: TwsConnection,
  traded: TradedContract,
  size: BarSize,
  isRegular: boolean,
  end: number,
  seconds: number,
): Promise<readonly Candle[]> {
  try {
    return await connection.ask<readonly Candle[]>((id, tell) => {
      const found: Candle[] = [];
      return {
        send: () => {
          requestHistory(connection, id, traded, size, isRegular, {
            end: utcText(end),
            seconds: Math.max(seconds, shortestSeconds),
            isFollowed: false,
          });
        },
        on: {
          historicalData: (...bar: BarTold) => {
            if (bar[0] !== id) return;
            if (bar[1].startsWith("finished")) tell(found);
            else found.push(candleOf(...bar));
          },
        },
      };
    });
  } catch (error) {
    if (error instanceof TwsRefusal && error.message.includes("returned no data")) return [];
    throw error;
  }
}

/**
 * Follows the candles of a contract over every connection that there is, and says where some may be missing.
 *
 * @param isRegular  of the regular session alone
 * @returns what ends it
 */
export function followCandles(
  surroundings: DataSurroundings,
  size: BarSize,
  isRegular: boolean,
  tell: (candle: Candle | "missing") => void,
  fail: (error: Error) => void,
): () => void {
  const { traded } = surroundings;
  const lost = (): void => {
    tell("missing");
  };
  const subscribe = (connection: TwsConnection, id: number): (() => void) => {
    const stops = [
      connection.on("historicalDataUpdate", (...bar: BarTold) => {
        if (bar[0] === id) tell(candleOf(...bar));
      }),
    ];
    // It begins with some bars of the past: nobody has asked for more than the one that is open.
    requestHistory(connection, id, traded, size, isRegular, { end: "", seconds: 1_800, isFollowed: true });
    return () => {
      for (const stop of stops) stop();
      connection.api.cancelHistoricalData(id);
    };
  };
  return follow(surroundings, fail, subscribe, lost);
}

/**
 * Follows a subscription over every connection, and makes it anew where the venue says that it has gone.
 *
 * @param lost  told whenever it has gone
 */
export function follow(
  { link, traded }: DataSurroundings,
  fail: (error: Error) => void,
  subscribe: (connection: TwsConnection, id: number) => () => void,
  lost: () => void = () => undefined,
): () => void {
  let stop: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const start = (connection: TwsConnection): void => {
    const id = connection.takeRequestId();
    const unheard = connection.on("error", (error: Error, code: number, of: number) => {
      if (of !== id || isWarning(link.library, code, error)) return;
      if (code !== historyService) {
        fail(noData(traded.symbol, error.message));
        return;
      }
      if (error.message.includes("returned no data")) return;
      lost();
      timer = setTimeout(() => {
        stop();
        if (link.current === connection) start(connection);
      }, retryMs);
    });
    const unsubscribe = subscribe(connection, id);
    stop = () => {
      unheard();
      unsubscribe();
    };
  };
  const unfollow = link.follow({
    up: (connection, isNew) => {
      if (!isNew) return;
      clearTimeout(timer);
      stop();
      start(connection);
    },
    down: lost,
  });
  return () => {
    unfollow();
    clearTimeout(timer);
    stop();
  };
}

/** How long behind too many requests the next is made, in milliseconds. */
const retryMs = 10_000;

const noData = (symbol: string, text: string): BitFeverError =>
  new BitFeverError("BF5313", `the venue gives no market data for ${symbol}: ${text}`, {
    hint: "subscribe to the data of its exchange at the venue, and share it with the account that trades",
  });

function requestHistory(
  { api }: TwsConnection,
  id: number,
  { contract }: TradedContract,
  { name }: BarSize,
  isRegular: boolean,
  asked: { readonly end: string; readonly seconds: number; readonly isFollowed: boolean },
): void {
  const { end, seconds, isFollowed } = asked;
  const [what, size] = [word<WhatToShow>("TRADES"), word<BarSizeSetting>(name)];
  // Times in seconds since 1970, whatever the zone of the program.
  const dateFormat = 2;
  api.reqHistoricalData(
    ...([id, contract, end, `${seconds} S`, size, what, isRegular ? 1 : 0, dateFormat, isFollowed] as const),
  );
}

/** What a machine makes of what is heard and of the time that goes by, until somebody has enough of it. */
export async function* driven<Heard>(
  followed: (hear: (heard: Heard) => void, fail: (error: Error) => void) => () => void,
  machine: {
    readonly on: (heard: Heard) => readonly FeedEvent[];
    readonly at: () => readonly FeedEvent[];
  },
): AsyncGenerator<FeedEvent, void, void> {
  const heard: Heard[] = [];
  let failure: Error | undefined;
  const bell = new Bell();
  const stop = followed(
    (each) => {
      heard.push(each);
      bell.ring();
    },
    (error) => {
      failure = error;
      bell.ring();
    },
  );
  try {
    for (;;) {
      if (heard.length === 0 && failure === undefined) await bell.next();
      for (const each of heard.splice(0)) yield* machine.on(each);
      if (failure !== undefined) throw failure;
      yield* machine.at();
    }
  } finally {
    stop();
  }
}
