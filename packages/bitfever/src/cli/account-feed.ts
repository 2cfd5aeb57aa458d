import type { Bars } from "@bitfever/engine";
import type { FeedClock } from "@bitfever/runtime";
import { BarLines, type BarLine } from "../trading/bar-lines.js";
import { instantsOf, type Instant } from "../trading/instants.js";
import { LineFeed } from "../trading/line-feed.js";
import type { RunningAccount } from "../trading/running-account.js";
import { usage } from "./account-usage.js";
import { countOf, paintOf, type Io } from "./io.js";
import { followed, linesOf, untilAborted } from "./lines-of.js";
import { readOptionsOf, type DataFlags } from "./options.js";
import { printable } from "./printable.js";

export interface FeedFlags extends Partial<Omit<DataFlags, "data">> {
  readonly feed?: string;
  readonly follow?: string;
  readonly speed?: number;
  readonly shell?: boolean;
}

/** @throws BitFeverError BF5187 for feeds that cannot be */
export function checkFeed({ feed, follow, speed, shell }: FeedFlags): void {
  if (feed !== undefined && feed !== "-")
    throw usage(
      `--feed ${feed} is no feed`,
      "write --feed - for standard input, or --follow PATH for a file that grows",
    );
  if (feed !== undefined && follow !== undefined)
    throw usage(
      "--feed and --follow are two feeds",
      "give one; several sources are piped together, with a column `symbol`",
    );
  if (shell === true && feed !== undefined)
    throw usage(
      "--shell and --feed both read standard input",
      "let the bars come from a file that grows: --follow PATH",
    );
  if (speed !== undefined && (feed ?? follow) !== undefined)
    throw usage("--speed is of bars that are there already, and a feed has its own", "leave one of them out");
}

/** Bars as they come while the account trades; none where nothing feeds it. */
export async function* fedInstants(
  io: Io,
  clock: FeedClock,
  account: RunningAccount,
  past: readonly Bars[],
  flags: FeedFlags,
): AsyncGenerator<Instant, void> {
  const chunks =
    flags.follow === undefined ? flags.feed && io.input?.() : followed(flags.follow, clock, io.signal);
  if (chunks === undefined || chunks === "") return;
  const symbols = [...account.timings.keys()];
  const { zone, stamp, dates } = readOptionsOf({ data: "", ...flags });
  const reader = new BarLines({
    name: flags.follow ?? "standard input",
    symbol: flags.symbol ?? (symbols.length === 1 ? symbols[0] : undefined),
    ...{ zone, dates },
  });
  const last = new Map(account.keptBars);
  for (const { bars } of instantsOf(past, account))
    for (const { symbol, bar } of bars)
      if (bar.time > (last.get(symbol)?.time ?? -Infinity)) last.set(symbol, bar);
  const say = (text: string): void => {
    io.err(`${paintOf(io).warning("feed")}: ${printable(text)}\n`);
  };
  const feed = new LineFeed({ timings: account.timings, last, isStampedAtClose: stamp === "close", say });
  for await (const lines of untilAborted(linesOf(chunks), io.signal)) {
    const read: BarLine[] = [];
    for (const line of lines) {
      const found = await reader.read(line);
      if (found !== null) read.push(found);
    }
    yield* feed.take(read, clock.now());
  }
  if (feed.passedOver > 0)
    say(
      `${countOf(feed.passedOver, "line")} told what was known already, and ${feed.passedOver === 1 ? "was" : "were"} passed over`,
    );
}
