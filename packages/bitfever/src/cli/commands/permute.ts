import { Command, Option } from "commander";
import { permutationTest, type PermutationOptions } from "../../chance/permutation-test.js";
import { jsonText } from "../../json-text.js";
import { addAccountOptions } from "../histories.js";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { addDataOptions, positive, wholeFrom } from "../options.js";
import { permutationSummary } from "../permutation-summary.js";
import { writeOutputs } from "../outputs.js";
import { progressOn } from "../progress.js";
import { addSearchOptions, memoryOption, readSearch, type SearchFlags } from "./optimize.js";

interface Flags extends SearchFlags {
  readonly search?: boolean;
  readonly bars?: PermutationOptions["bars"];
  readonly block?: number;
  readonly keepTimeOfDay?: boolean;
  readonly runs?: number;
  readonly enough?: number;
}

/** `bf permute`: how often chance does as well as a strategy, or as a search. */
export function permuteCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Test a strategy, or a whole search, on bars whose moves come in another order";
  return addSearchOptions(addAccountOptions(addDataOptions(new Command("permute"))))
    .summary(summary)
    .description(
      `${summary}.\nIt ends as soon as enough draws do as well. Ctrl-C stops it and tells of the draws that are made.\n` +
        "Exit code: 0 fine, 1 an error in the program, 2 wrong usage, 4 data that cannot be used.",
    )
    .option(
      "--search",
      "make the whole search anew on each draw; else the strategy is run with --param and its defaults",
    )
    .addOption(
      new Option(
        "--bars <kind>",
        "permuted (the default): the same moves in another order; bootstrapped: blocks of them, drawn with putting back",
      ).choices(["permuted", "bootstrapped"]),
    )
    .option(
      "--block <bars>",
      "mean length of the blocks of bootstrapped bars; the cube root of their number by default",
      positive,
    )
    .option("--keep-time-of-day", "permuted bars stay at their place in a session")
    .option("--runs <n>", "draws at most; by default 999 of a strategy, 199 of a search", wholeFrom(19))
    .option("--enough <n>", "end after so many draws that do as well; 20 by default", wholeFrom(1))
    .addOption(memoryOption())
    .option("--json <path>", "write the whole result as JSON; - for stdout")
    .action(async (file: string, flags: Flags) => {
      const { strategy, bars, options } = await readSearch(io, file, flags);
      const { search, bars: kind, block: meanBlock, keepTimeOfDay: keepsTimeOfDay, runs, enough } = flags;
      const progress = await progressOn(io, "permute", { noun: "runs", worthShowing: 2 });
      const result = await permutationTest(strategy, bars, {
        ...{ ...options, search, bars: kind, meanBlock, keepsTimeOfDay, runs, enough },
        onProgress: progress.tell,
      }).finally(progress.stop);
      await writeOutputs(io, [[flags.json, () => jsonText(result)]], permutationSummary(io, result));
      done(exitCodes.fine);
    });
}
