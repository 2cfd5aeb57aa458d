import { availableParallelism } from "node:os";
import { Command } from "commander";
import { wallClock } from "../../clock.js";
import { serveQueue } from "../../optimize/queue/serve-queue.js";
import type { WorkerEvent } from "../../optimize/queue/worker-event.js";
import { version } from "../../version.js";
import { countOf, exitCodes, type ExitCode, type Io } from "../io.js";
import { wholeFrom } from "../options.js";
import { rateText } from "../progress.js";

interface Flags {
  readonly queue: string;
  readonly threads?: number;
  readonly lease: number;
  readonly cache?: string;
  readonly idleExit?: number;
  readonly json?: boolean;
}

/** `bf worker`: makes trials for searches on other machines. */
export function workerCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Make trials for the searches of a queue, on as many machines as you like";
  return new Command("worker")
    .summary(summary)
    .description(
      `${summary}.\nNeeds Redis, and the packages bullmq and ioredis. Ctrl-C finishes what is at hand and leaves; a second one leaves at once.\n` +
        "Exit code: 0 fine, 2 no queue at the address or wrong usage.",
    )
    .requiredOption("--queue <address>", "redis://host:6379, as it is given to `bf optimize --queue`")
    .option(
      "--threads <n>",
      "how many trials at once; by default as many as there are processors",
      wholeFrom(1),
    )
    .option("--cache <folder>", "keep the bars of studies in a folder, so that they are not fetched again")
    .option(
      "--lease <seconds>",
      "after so long without a sign of life of a worker its trials are given to another",
      wholeFrom(1),
      10,
    )
    .option(
      "--idle-exit <seconds>",
      "leave after so long without trials; 0 leaves as soon as there are none",
      wholeFrom(0),
    )
    .option("--json", "tell what happens as lines of JSON on stdout")
    .action(async ({ queue, threads = availableParallelism(), lease, cache, idleExit, json }: Flags) => {
      await serveQueue({
        ...{ queue, threads, cache, leaseSeconds: lease, idleExitSeconds: idleExit, signal: io.signal },
        onEvent: json === true ? (event) => io.out(`${JSON.stringify(event)}\n`) : teller(io),
      });
      done(exitCodes.fine);
    });
}

/** Between two lines about chunks. */
const tellEveryMs = 10_000;

/** Tells people what happens; of chunks now and then. */
function teller(io: Io): (event: WorkerEvent) => void {
  let [trials, since] = [0, wallClock()];
  const say = (text: string): void => {
    io.out(`${text}\n`);
  };
  return (event) => {
    switch (event.event) {
      case "ready":
        say(`${countOf(event.threads, "thread")} for the trials of ${event.queue}`);
        break;
      case "study":
        say(`"${event.name}": ${(event.fetchedBytes / 2 ** 20).toFixed(1)} MiB fetched`);
        break;
      case "chunk": {
        trials += event.trials;
        const elapsedMs = wallClock() - since;
        if (elapsedMs < tellEveryMs) break;
        say(`${trials.toLocaleString("en-US")} trials, ${rateText((1_000 * trials) / elapsedMs)}`);
        [trials, since] = [0, wallClock()];
        break;
      }
      case "failed":
        io.err(`failed: ${event.why}\n`);
        break;
      case "mismatch":
        io.err(
          `BF5153: "${event.study}" waits for workers of BitFever ${event.version}, and this is ${version}: install the same version\n`,
        );
        break;
      case "lost":
        io.err(`the connection to ${event.queue} is lost; trying to get it back\n`);
        break;
      case "back":
        io.err(`the connection to ${event.queue} is back\n`);
        break;
      case "left":
        say(`left after ${countOf(event.trials, "trial")}`);
    }
  };
}
