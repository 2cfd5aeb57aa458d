import { setTimeout as pause } from "node:timers/promises";
import { BitFeverError } from "@bitfever/lang";
import type { Bars } from "@bitfever/engine";
import type { FeedClock } from "@bitfever/runtime";
import { utcClock, wallClock } from "../clock.js";
import type { CommandOptions } from "../by-hand/commands.js";
import { jsonText } from "../json-text.js";
import type { AccountEvent } from "../trading/account-event.js";
import type { AccountSetup } from "../trading/account-setup.js";
import { instantsOf, type Instant } from "../trading/instants.js";
import { paced, unpaced } from "../trading/pace.js";
import { checkFeed, fedInstants, type FeedFlags } from "./account-feed.js";
import type { RunningAccount, Told } from "../trading/running-account.js";
import { accountJson, accountTradesCsv } from "./account-outputs.js";
import { shellAt } from "./account-shell.js";
import { accountText, type Activity } from "./account-text.js";
import { AccountView, viewLines } from "./account-view.js";
import { eventLine, isGrave } from "./event-line.js";
import { OperatorKeys } from "./operator-keys.js";
import { countOf, exitCodes, paintOf, showError, type ExitCode, type Io } from "./io.js";
import { writeOutputs } from "./outputs.js";
import { progressOn } from "./progress.js";

interface RunOptions extends FeedFlags {
  /** Of which account it is, for what is shown before it is open. */
  readonly kind: AccountSetup["kind"];
  readonly open: (onEvent: (event: AccountEvent) => void) => RunningAccount | Promise<RunningAccount>;
  /** Bars that there are already. */
  readonly bars: readonly Bars[];
  /** Bars that come while it trades; left out, those of `feed` and `follow`. */
  readonly live?: ((account: RunningAccount, signal: AbortSignal) => AsyncIterable<Instant>) | undefined;
  /** Starts what stands beside the account. */
  readonly beside?: ((account: RunningAccount, quit: () => void) => Promise<Beside>) | undefined;
  readonly journal?: string;
  readonly speed?: number;
  readonly watch?: boolean;
  /** Takes commands: once the history is told, or at once where bars come at a pace. */
  readonly shell?: boolean;
  /** What somebody at the shell has to confirm; nothing where left out. */
  readonly confirms?: CommandOptions["confirms"];
  readonly json?: string;
  readonly trades?: string;
}

/** What stands beside an account, and ends before it. */
export interface Beside {
  readonly stop: () => Promise<void>;
}

const machineClock: FeedClock = {
  now: wallClock,
  wait: async (ms) => {
    await pause(ms);
  },
};

/** How often a view is drawn anew, at most. */
const drawEveryMs = 100;

const instantsPerProgress = 32;

/** Opens an account, tells it bars until they end or somebody stops it, and says how it stands. */
export async function runAccount(
  given: Io,
  done: (code: ExitCode) => void,
  options: RunOptions,
): Promise<void> {
  const { kind, bars, speed, journal } = options;
  checkFeed(options);
  const quit = new AbortController();
  const io = { ...given, signal: AbortSignal.any([given.signal, quit.signal]) };
  const clock = io.clock ?? machineClock;
  const utcNow = io.clock?.now ?? utcClock;
  const isWatched = options.watch === true || speed !== undefined;
  const view = isWatched && io.isTerminal && options.shell !== true ? new AccountView(io) : null;
  const activity = { orders: 0, fills: 0, refused: 0 };
  const newest: string[] = [];
  const onEvent = (event: AccountEvent): void => {
    if (event.kind === "order") activity.orders++;
    if (event.kind === "fill") activity.fills++;
    if (event.kind === "notice" && event.notice.what === "refused") activity.refused++;
    const line = eventLine(event);
    if (line === null) return;
    newest.push(line);
    if (newest.length > 8) newest.shift();
    if (view === null && (isWatched || isGrave(event))) io.err(`${line}\n`);
  };
  const account = await opened(io, done, () => options.open(onEvent));
  if (account === null) return;
  const paint = paintOf(io);
  for (const each of account.damage) io.err(`${paint.warning("journal")}: ${each}\n`);

  const passed: Record<Told, number> = { told: 0, "kept already": 0, "too late": 0 };
  const fresh = function* (): Generator<Instant, void> {
    for (const instant of instantsOf(bars, account))
      if (instant.closedAt > account.time) yield instant;
      else passed[account.tell(instant)]++;
  };
  const step =
    bars.length === 0 ? 0 : Math.min(...bars.map(({ intervalMs }) => intervalMs).filter((each) => each > 0));
  const feed =
    speed === undefined ? unpaced(fresh(), io.signal) : paced(fresh(), speed, step, clock, io.signal);
  const total = bars.reduce((sum, { length }) => sum + length, 0);
  // Where nothing is shown and nothing said, somebody may still wait.
  const progress = isWatched ? null : await progressOn(io, kind, { noun: "bars", worthShowing: 2_000 });
  let [drawnAt, heard] = [-Infinity, 0];
  const isFed = (options.live ?? options.feed ?? options.follow) !== undefined;
  const keys =
    view === null || io.keys === undefined
      ? null
      : new OperatorKeys({
          operate: (order) => {
            account.operate(order, isFed ? utcNow() : undefined);
          },
          state: () => account.state,
          quit: () => {
            quit.abort();
          },
        });
  const draw = (): void => view?.draw(viewLines(io, account.state, newest, speed, keys?.line));
  const stopKeys =
    keys === null
      ? undefined
      : io.keys?.((key) => {
          keys.press(key);
          draw();
        });
  const quitNow = (): void => {
    quit.abort();
  };
  const shell = (): Promise<void> =>
    shellAt(io, account, {
      ...{ journal, confirms: options.confirms, quit: quitNow },
      ...(isFed && { at: utcNow }),
    });
  let beside: Beside | undefined;
  let failure: unknown;
  const fail = (error: unknown): void => {
    failure = error;
    quit.abort();
  };
  account.ended.catch(fail);
  try {
    beside = await options.beside?.(account, quitNow);
    let typing = options.shell === true && speed !== undefined ? shell().catch(fail) : undefined;
    for await (const instant of feed) {
      passed[account.tell(instant)]++;
      heard += instant.bars.length;
      if (passed.told % instantsPerProgress === 0) progress?.update(heard, total);
      if (view === null || clock.now() - drawnAt < drawEveryMs) continue;
      drawnAt = clock.now();
      draw();
    }
    if (options.shell === true && typing === undefined && !io.signal.aborted) {
      // It would be drawn over what is typed.
      progress?.stop();
      typing = shell().catch(fail);
    }
    const coming =
      options.live?.(account, io.signal) ??
      fedInstants(io, { ...clock, now: utcNow }, account, bars, options);
    if (options.live !== undefined) draw();
    for await (const instant of coming) {
      passed[account.tell(instant, utcNow())]++;
      draw();
    }
    await typing;
    await beside?.stop();
    if (failure !== undefined) throw failure as Error;
    await account.close();
    // What it shows is said below, and stays there.
    view?.draw([]);
  } catch (error) {
    await beside?.stop();
    account.abandon();
    throw error;
  } finally {
    stopKeys?.();
    progress?.stop();
  }
  if (passed["too late"] > 0)
    io.err(
      `${paint.warning("data")}: ${countOf(passed["too late"], "instant")} with bars that were not there when later ones were told; ` +
        "what is late is not traded on\n",
    );
  const isStopped = io.signal.aborted;
  const told: Activity = {
    ...activity,
    told: passed.told,
    known: passed["kept already"],
    isStopped,
    journal,
  };
  await writeOutputs(
    io,
    [
      [options.json, () => jsonText(accountJson(account, told))],
      [options.trades, () => accountTradesCsv(account)],
    ],
    accountText(io, account.setup, account.state, told),
  );
  done(exitCodes.fine);
}

/** Null where what is decided now is not what was decided then: that is said, and nothing is traded. */
async function opened(
  io: Io,
  done: (code: ExitCode) => void,
  open: () => RunningAccount | Promise<RunningAccount>,
): Promise<RunningAccount | null> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof BitFeverError) || !["BF5183", "BF5190"].includes(error.code)) throw error;
    showError(io, error);
    done(exitCodes.failed);
    return null;
  }
}
