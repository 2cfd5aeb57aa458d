import { Command } from "commander";
import { version } from "../version.js";
import { backtestCommand, paperCommand } from "./commands/backtest.js";
import { checkCommand } from "./commands/check.js";
import { compareCommand } from "./commands/compare.js";
import { evalCommand } from "./commands/eval.js";
import { explainCommand } from "./commands/explain.js";
import { fmtCommand } from "./commands/fmt.js";
import { monteCarloCommand } from "./commands/montecarlo.js";
import { optimizeCommand } from "./commands/optimize.js";
import { permuteCommand } from "./commands/permute.js";
import { portfolioCommand } from "./commands/portfolio.js";
import { testCommand } from "./commands/test.js";
import { validateCommand } from "./commands/validate.js";
import { walkCommand } from "./commands/walk.js";
import { whyCommand } from "./commands/why.js";
import { workerCommand } from "./commands/worker.js";
import type { ExitCode, Io } from "./io.js";

const commands = [
  backtestCommand,
  optimizeCommand,
  walkCommand,
  workerCommand,
  validateCommand,
  permuteCommand,
  monteCarloCommand,
  compareCommand,
  portfolioCommand,
  evalCommand,
  explainCommand,
  checkCommand,
  fmtCommand,
  testCommand,
  paperCommand,
  whyCommand,
];

/** The command line of `bf`. */
export function bf(io: Io, done: (code: ExitCode) => void): Command {
  const root = new Command("bf").description("BitFever: write, test and trade strategies").version(version);
  for (const command of commands) root.addCommand(command(io, done));
  return root;
}
