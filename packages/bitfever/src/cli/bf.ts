import { Command } from "commander";
import { version } from "../version.js";
import type { ExitCode, Io } from "./io.js";

type MakeCommand = (io: Io, done: (code: ExitCode) => void) => Command;

/** In the order in which they are listed. */
const commands: Readonly<Record<string, () => Promise<MakeCommand>>> = {
  backtest: async () => (await import("./commands/backtest.js")).backtestCommand,
  optimize: async () => (await import("./commands/optimize.js")).optimizeCommand,
  walk: async () => (await import("./commands/walk.js")).walkCommand,
  worker: async () => (await import("./commands/worker.js")).workerCommand,
  validate: async () => (await import("./commands/validate.js")).validateCommand,
  permute: async () => (await import("./commands/permute.js")).permuteCommand,
  montecarlo: async () => (await import("./commands/montecarlo.js")).monteCarloCommand,
  compare: async () => (await import("./commands/compare.js")).compareCommand,
  portfolio: async () => (await import("./commands/portfolio.js")).portfolioCommand,
  eval: async () => (await import("./commands/eval.js")).evalCommand,
  explain: async () => (await import("./commands/explain.js")).explainCommand,
  check: async () => (await import("./commands/check.js")).checkCommand,
  fmt: async () => (await import("./commands/fmt.js")).fmtCommand,
  test: async () => (await import("./commands/test.js")).testCommand,
  cache: async () => (await import("./commands/cache.js")).cacheCommand,
  paper: async () => (await import("./commands/paper.js")).paperCommand,
  live: async () => (await import("./commands/live.js")).liveCommand,
  config: async () => (await import("./commands/config.js")).configCommand,
  venues: async () => (await import("./commands/venues.js")).venuesCommand,
  "venue-server": async () => (await import("./commands/venue-server.js")).venueServerCommand,
  replay: async () => (await import("./commands/replay.js")).replayCommand,
  reconcile: async () => (await import("./commands/reconcile.js")).reconcileCommand,
  drift: async () => (await import("./commands/drift.js")).driftCommand,
  shell: async () => (await import("./commands/shell.js")).shellCommand,
  why: async () => (await import("./commands/why.js")).whyCommand,
};

/** The command line of `bf`: with the command that is asked for, or with all where it is not one of them. */
export async function bf(
  io: Io,
  done: (code: ExitCode) => void,
  [asked = ""]: readonly string[],
): Promise<Command> {
  const root = new Command("bf").description("BitFever: write, test and trade strategies").version(version);
  const wanted = Object.hasOwn(commands, asked) ? [commands[asked]] : Object.values(commands);
  for (const command of await Promise.all(wanted.map((load) => load()))) root.addCommand(command(io, done));
  return root;
}
