import { Command, InvalidArgumentError, Option } from "commander";
import { crossValidate } from "../../cross-validation/cross-validate.js";
import { jsonText } from "../../json-text.js";
import { crossValidationSummary } from "../cross-validation-summary.js";
import { addAccountOptions } from "../histories.js";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { addDataOptions, wholeFrom } from "../options.js";
import { writeOutputs } from "../outputs.js";
import { progressOn } from "../progress.js";
import { addSearchOptions, beyondMarketOption, readSearch, type SearchFlags } from "./optimize.js";

interface Flags extends SearchFlags {
  readonly folds?: number;
  readonly combinatorial?: readonly [groups: number, testGroups: number];
  readonly purge?: number;
  readonly embargo?: number;
}

/** `bf validate`: what a search finds best on most of the history, tested on the rest. */
export function validateCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Cross-validate: search on most of the history, test on the rest, for each part of it";
  return addSearchOptions(addAccountOptions(addDataOptions(new Command("validate"))))
    .summary(summary)
    .description(
      `${summary}.\nLengths are in sessions. Ctrl-C stops it and tells of the splits that are done.\n` +
        "Exit code: 0 fine, 1 an error in the program, 2 wrong usage, 4 data that cannot be used.",
    )
    .option(
      "--folds <n>",
      "parts, each tested once with what was learnt from the others; 5 by default",
      wholeFrom(2),
    )
    .addOption(
      new Option(
        "--combinatorial <n,k>",
        "n groups, of which each choice of k is tested: k ÷ n × C(n, k) whole histories out of sample",
      )
        .argParser(pair)
        .conflicts("folds"),
    )
    .option(
      "--purge <n>",
      "sessions on either side of a test that are not learnt from; by default as long as the longest trade of the defaults",
      wholeFrom(0),
    )
    .option(
      "--embargo <n>",
      "sessions more after a test that are not either; by default as long as the longest warm-up",
      wholeFrom(0),
    )
    .addOption(beyondMarketOption())
    .option("--json <path>", "write the whole result as JSON; - for stdout")
    .action(async (file: string, flags: Flags) => {
      const { strategy, bars, options } = await readSearch(io, file, flags);
      const { folds, combinatorial, purge, embargo } = flags;
      const [groups, testGroups] = combinatorial ?? [folds];
      const progress = await progressOn(io, "validate", { noun: "splits", worthShowing: 2 });
      const result = await crossValidate(strategy, bars, {
        ...{ ...options, groups, testGroups, purge, embargo },
        onProgress: progress.tell,
      }).finally(progress.stop);
      await writeOutputs(io, [[flags.json, () => jsonText(result)]], crossValidationSummary(io, result));
      done(exitCodes.fine);
    });
}

/** `6,2` */
function pair(text: string): readonly [number, number] {
  const [, groups, testGroups] = /^(\d{1,3}),(\d{1,3})$/.exec(text) ?? [];
  if (groups === undefined) throw new InvalidArgumentError("write it as groups,tested: 6,2");
  return [Number(groups), Number(testGroups)];
}
