import { Presets, SingleBar } from "cli-progress";
import type { Io } from "./io.js";

export interface Progress {
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

const silent: Progress = { update: () => undefined, stop: () => undefined };

/** Bars that are too few to wait for get no progress bar. */
const worthShowing = 200_000;

/** A progress bar on stderr; nothing when stderr is no terminal, so that logs stay clean. */
export function progressOn(io: Io, what: string): Progress {
  if (!io.isTerminal) return silent;
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage}% · {value}/{total} bars · {eta_formatted} left`,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update(done, total) {
      if (total < worthShowing) return;
      if (!isStarted) bar.start(total, done);
      isStarted = true;
      bar.update(done);
    },
    stop() {
      if (isStarted) bar.stop();
    },
  };
}
