import { Command } from "commander";
import { walkForward } from "../../optimize/walk-forward.js";
import { csv } from "../../tables.js";
import { addAccountOptions } from "../histories.js";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { addDataOptions, wholeFrom } from "../options.js";
import { progressOn } from "../progress.js";
import { tellResult } from "../tell-result.js";
import { walkSummary } from "../walk-summary.js";
import { addSearchOptions, memoryOption, rateText, readSearch, type SearchFlags } from "./optimize.js";

interface Flags extends SearchFlags {
  readonly train: number;
  readonly test: number;
  readonly anchored?: boolean;
  readonly purge?: number;
  readonly study?: string;
  readonly equity?: string;
}

/** `bf walk`: searches on the past and trades what comes next, again and again. */
export function walkCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Walk forward: search on the past, trade what comes next, again and again";
  return addSearchOptions(addAccountOptions(addDataOptions(new Command("walk"))))
    .summary(summary)
    .description(
      `${summary}.\nLengths are in sessions. Ctrl-C stops it and tells of the windows that are done.\n` +
        "Exit code: 0 fine, 1 an error in program or data, 2 wrong usage.",
    )
    .requiredOption("--train <n>", "sessions that are learnt from in each window", wholeFrom(1))
    .requiredOption("--test <n>", "sessions after them that are traded with what was learnt", wholeFrom(1))
    .option("--anchored", "learn from all sessions so far, and not only from the last --train")
    .option(
      "--purge <n>",
      "sessions before each test that are not learnt from; by default as long as the longest trade of the defaults",
      wholeFrom(0),
    )
    .option("--study <path>", "keep the trials in a file, to go on where it was stopped")
    .addOption(memoryOption())
    .option("--json <path>", "write the whole result as JSON; - for stdout")
    .option("--equity <path>", "write the account out of sample at each session as CSV; - for stdout")
    .action(async (file: string, flags: Flags) => {
      const { strategy, bars, options } = await readSearch(io, file, flags);
      const { train, test, anchored, purge, study } = flags;
      const progress = await progressOn(io, "walk", { noun: "trials", worthShowing: 2 });
      const walk = walkForward(strategy, bars, {
        ...{ ...options, train, test, anchored, purge, study },
        onProgress: ({ done: made, total, perSecond }) => {
          progress.update(made, total, ` · ${rateText(perSecond)}`);
        },
      });
      const result = await walk.result.finally(progress.stop);
      const equity = (): string =>
        csv(
          ["date", "equity"],
          result.equity.map((each) => [each.date, each.equity]),
        );
      await tellResult(io, {
        summary: walkSummary(io, result),
        files: [
          [flags.json, () => `${JSON.stringify(result, null, 2)}\n`],
          [flags.equity, equity],
        ],
      });
      done(exitCodes.fine);
    });
}
