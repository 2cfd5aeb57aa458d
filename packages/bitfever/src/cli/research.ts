import type { researchNames } from "./research-names.js";
import { rootCommand, type Commands } from "./root-command.js";

/** Commands that trade nothing. */
export const researchCommands: Commands<(typeof researchNames)[number]> = {
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
  why: async () => (await import("./commands/why.js")).whyCommand,
};

/** `bf` for who trades nothing. */
export const research = rootCommand(researchCommands);
