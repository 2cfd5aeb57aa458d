import type { Io } from "./io.js";

export interface Progress {
  /** @param note  shown behind the numbers */
  readonly update: (done: number, total: number, note?: string) => void;
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
  if (!io.isTerminal) return { update: () => undefined, say, stop: () => undefined };
  const { Presets, SingleBar } = await import("cli-progress");
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage}% · {value}/{total} ${noun}{note} · {eta_formatted} left`,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update(done, total, note = "") {
      if (total < worthShowing) return;
      if (!isStarted) bar.start(total, done, { note });
      isStarted = true;
      bar.update(done, { note });
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
