import { settingDefinitions } from "@bitfever/engine";
import { Command } from "commander";
import { backtest } from "../../backtest.js";
import { addAccountOptions } from "../histories.js";
import type { ExitCode, Io } from "../io.js";
import { addCacheOptions } from "../kept-runs/cache-options.js";
import { addDataOptions, collect, collectPair, positive, wholeFrom } from "../options.js";
import { simulateFile } from "../simulate-file.js";
import type { SimulationFlags } from "../simulation-flags.js";

/** `bf backtest`: the main job. */
export function backtestCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Run a strategy over a history of bars";
  const command = addAccountOptions(addDataOptions(new Command("backtest")));
  return addSimulationOptions(
    command
      .summary(summary)
      .description(
        `${summary}.\nExit code: 0 fine, 1 an error in the program, 2 wrong usage, 3 it is not as was demanded, 4 data that cannot be used.`,
      )
      .argument("<file>", "strategy, a .bf file"),
  ).action((file: string, flags: SimulationFlags) =>
    simulateFile(io, done, { name: "backtest", simulate: backtest }, file, flags),
  );
}

/** What a run over a history takes beside its program and its bars. */
export function addSimulationOptions(command: Command): Command {
  const settings = Object.entries(settingDefinitions).map(
    ([setting, { summary: what, expects }]) => `  ${setting.padEnd(16)} ${what}; ${expects}`,
  );
  command
    .option("--param <name=value>", "a parameter of the strategy (repeatable)", collectPair)
    .option("--market <symbol=path>", "bars of another market that it reads (repeatable)", collectPair)
    .option("--magnify <path>", "finer bars of the same market, along which orders are met inside a bar")
    .option("--set <name=value>", "a setting, listed below (repeatable)", collectPair)
    .option(
      "--json <path>",
      "write the whole result as JSON, with the account at the ends of sessions; - for stdout",
    )
    .option("--trades <path>", "write the trades as CSV; - for stdout")
    .option("--orders <path>", "write every order and what became of it as CSV; - for stdout")
    .option("--equity <path>", "write the account at each bar as CSV; - for stdout")
    .option("--alerts <path>", "write the alerts as CSV; - for stdout")
    .option("--report <path>", "write an HTML report that opens offline")
    .option(
      "--markdown <path>",
      "write headline, warnings and years as Markdown, for a comment; - for stdout",
    )
    .option("--svg <path>", "write a picture of account and drawdown; - for stdout")
    .option("--assert <comparison>", "fail unless a metric holds, such as 'sharpe > 1' (repeatable)", collect)
    .option(
      "--baseline <path>",
      "fail where a metric is worse than in the result of an earlier run, as --json wrote it",
    )
    .option(
      "--allow-worse <metric=amount>",
      "which metrics of the baseline are judged and how much worse they may be, 5% or 2pp or 0.1 (repeatable); by default 5% of net_profit, max_drawdown and sharpe",
      collectPair,
    )
    .option("--junit <path>", "write assertions and what the baseline demands as JUnit XML")
    .option(
      "--github",
      "annotate files in GitHub Actions, and add verdict and report to the page of the job",
    );
  return addCacheOptions(command)
    .option(
      "--resample <n>",
      "draw sessions and trades anew, so many times, and show what else they could have come to",
      wholeFrom(100),
    )
    .option("--seed <n>", "chooses what is drawn", wholeFrom(0), 1)
    .option(
      "--trials <n>",
      "how many variants were tried to arrive at this one: deflates the Sharpe ratio",
      wholeFrom(1),
    )
    .option(
      "--trials-deviation <n>",
      "standard deviation of their Sharpe ratios; by default what chance alone makes it",
      positive,
    )
    .addHelpText("after", `\nSettings:\n${settings.join("\n")}`);
}
