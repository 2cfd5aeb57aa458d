import type { Backfill, BackfillOutput, BackfillRequest } from "./backfill.js";
import { checkCandle, type Candle, type FeedEvent } from "./feed-event.js";

/** What a feed that waits has to be given. */
export interface FeedClock {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * The shell round a `Backfill`: tells what a feed tells, asks a history for what is missing, and waits between attempts.
 *
 * @param history  the bars with stamps in `[from, to)`; where it rejects, the attempt has failed
 */
export async function* backfilled(
  feed: AsyncIterable<FeedEvent>,
  backfill: Backfill,
  history: (from: number, to: number) => Promise<readonly Candle[]>,
  clock: FeedClock,
): AsyncGenerator<FeedEvent, void, void> {
  const events = feed[Symbol.asyncIterator]();
  // Each promise gives what is to be done once it is there.
  const awaited = new Set<Promise<() => readonly BackfillOutput[]>>();
  let isOver = false;
  let alarm = Infinity;
  const waitFor = (given: Promise<() => readonly BackfillOutput[]>): void => {
    const whole = given.then((act) => () => {
      awaited.delete(whole);
      return act();
    });
    awaited.add(whole);
  };
  const listen = (): void =>
    waitFor(
      events.next().then((result) => () => {
        isOver = result.done === true;
        if (result.done === true) return backfill.at(clock.now());
        listen();
        return backfill.on(result.value, clock.now());
      }),
    );
  const ask = (request: BackfillRequest): void =>
    waitFor(
      checked(history(request.gap.from, request.gap.to)).then(
        (candles) => () => backfill.answered(request, candles, clock.now()),
        (error: unknown) => () => backfill.failed(request, String(error), clock.now()),
      ),
    );
  const setAlarm = (): void => {
    const due = backfill.nextDue ?? Infinity;
    if (due === Infinity || due >= alarm) return;
    alarm = due;
    waitFor(
      clock.wait(Math.max(0, due - clock.now())).then(() => () => {
        alarm = Infinity;
        return backfill.at(clock.now());
      }),
    );
  };

  try {
    listen();
    while (!isOver || backfill.nextDue !== undefined) {
      const act = await Promise.race(awaited);
      for (const output of act()) {
        if (output.kind === "ask") ask(output);
        else yield output;
      }
      setAlarm();
    }
  } finally {
    // Not waited for: a generator hears of it only when its next event comes.
    if (!isOver) void events.return?.();
  }
}

async function checked(history: Promise<readonly Candle[]>): Promise<readonly Candle[]> {
  const candles = await history;
  candles.forEach(checkCandle);
  return candles;
}
