import { Command } from "commander";
import { jsonText } from "../../json-text.js";
import { walkForward } from "../../optimize/walk-forward.js";
import { walkEquityCsv, windowsArrow, windowsCsv } from "../../optimize/walk-table.js";
import { walkHtml } from "../../report.js";
import { addAccountOptions } from "../histories.js";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { addDataOptions, wholeFrom } from "../options.js";
import { writeOutputs, type Output } from "../outputs.js";
import { progressOn } from "../progress.js";
import { walkSummary } from "../walk-summary.js";
import {
  addSearchOptions,
  beyondMarketOption,
  memoryOption,
  queueOption,
  readSearch,
  type SearchFlags,
} from "./optimize.js";

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
        "Exit code: 0 fine, 1 an error in the program, 2 wrong usage, 4 data that cannot be used.",
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
    .addOption(beyondMarketOption())
    .addOption(memoryOption())
    .addOption(queueOption())
    .option("--json <path>", "write the whole result as JSON; - for stdout")
    .option("--csv <path>", "write the windows as CSV; - for stdout")
    .option("--arrow <path>", "write the windows as an Arrow IPC file")
    .option("--equity <path>", "write the account out of sample at each session as CSV; - for stdout")
    .option("--report <path>", "write an HTML report that opens offline; - for stdout")
    .action(async (file: string, flags: Flags) => {
      const { strategy, programText, bars, options } = await readSearch(io, file, flags);
      const { train, test, anchored, purge, study } = flags;
      const progress = await progressOn(io, "walk", { noun: "trials", worthShowing: 2 });
      const walk = walkForward(strategy, bars, {
        ...{ ...options, train, test, anchored, purge, study },
        onNote: progress.say,
        onProgress: progress.tell,
      });
      const result = await walk.result.finally(progress.stop);
      const outputs: readonly Output[] = [
        [flags.json, () => jsonText(result)],
        [flags.csv, () => windowsCsv(result)],
        [flags.arrow, () => windowsArrow(result)],
        [flags.equity, () => walkEquityCsv(result)],
        [flags.report, () => walkHtml(result, { programText })],
      ];
      await writeOutputs(io, outputs, walkSummary(io, result));
      done(exitCodes.fine);
    });
}
