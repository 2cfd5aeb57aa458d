import type { StudyProgress } from "../optimize/optimize-options.js";
import type { Io } from "./io.js";

export interface Progress {
  /** @param note  shown behind the numbers */
  readonly update: (done: number, total: number, note?: string) => void;
  /** The same, with how fast a search or a draw goes. */
  readonly tell: (progress: StudyProgress) => void;
  /** A line for whoever waits. */
  readonly say: (text: string) => void;
  readonly stop: () => void;
}

/** What is counted; as many as are too few to wait for get no progress bar. */
interface Counted {
  readonly noun: string;
  readonly worthShowing: number;
}

/** What of the line is behind the cursor. */
const clearLine = "\u001b[K";

/** A progress bar on stderr; nothing when stderr is no terminal, so that logs stay clean. */
export async function progressOn(
  io: Io,
  what: string,
  { noun, worthShowing }: Counted = { noun: "bars", worthShowing: 200_000 },
): Promise<Progress> {
  const say = (text: string): void => {
    io.err(`${text}\n`);
  };
  if (!io.isTerminal) return { update: () => undefined, tell: () => undefined, say, stop: () => undefined };
  const { Presets, SingleBar } = await import("cli-progress");
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage}% · {value}/{total} ${noun}{note} · {eta_formatted} left`,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  const update = (done: number, total: number, note = ""): void => {
    if (total < worthShowing) return;
    if (!isStarted) bar.start(total, done, { note });
    isStarted = true;
    bar.update(done, { note });
  };
  return {
    update,
    tell({ done, total, perSecond }) {
      update(done, total, ` · ${rateText(perSecond)}`);
    },
    say(text) {
      // The bar is drawn anew below it.
      say(isStarted ? `\r${clearLine}${text}` : text);
    },
    stop() {
      if (isStarted) bar.stop();
    },
  };
}

/** Trials a second. */
export const rateText = (perSecond: number): string =>
  perSecond >= 10 ? `${Math.round(perSecond)}/s` : `${perSecond.toFixed(1)}/s`;
