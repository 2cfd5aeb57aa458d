import { Command, Option } from "commander";
import { monteCarlo, type MonteCarloOptions } from "../../chance/monte-carlo.js";
import { jsonText } from "../../json-text.js";
import { addAccountOptions } from "../histories.js";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { monteCarloSummary } from "../monte-carlo-summary.js";
import { addDataOptions, positive, share, wholeFrom } from "../options.js";
import { writeOutputs } from "../outputs.js";
import { progressOn } from "../progress.js";
import { addRunOptions, readSearch, type SearchFlags } from "./optimize.js";

interface Flags extends SearchFlags {
  readonly of?: MonteCarloOptions["of"];
  readonly shuffle?: boolean;
  readonly block?: number;
  readonly runs?: number;
  readonly ruin?: number;
}

/** `bf montecarlo`: what else the same trades or the same bars could have come to. */
export function monteCarloCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Draw the trades or the bars of a run anew, and tell what else it could have come to";
  return addRunOptions(addAccountOptions(addDataOptions(new Command("montecarlo"))))
    .summary(summary)
    .description(
      `${summary}.\nCtrl-C stops it and tells of the draws that are made.\n` +
        "Exit code: 0 fine, 1 an error in the program, 2 wrong usage, 4 data that cannot be used.",
    )
    .addOption(
      new Option(
        "--of <what>",
        "trades (the default): those of the run; bars: histories drawn of them, on each of which it is run",
      ).choices(["trades", "bars"]),
    )
    .option("--shuffle", "each once in another order; else they are drawn with putting back")
    .option(
      "--block <n>",
      "mean length of what is drawn together; by default 1 trade, and the cube root of the number of bars",
      positive,
    )
    .option("--runs <n>", "draws; 1,000 by default", wholeFrom(1))
    .option(
      "--ruin <share>",
      "an account that falls to this share of its capital is ruined; 50% by default",
      share,
    )
    .option("--json <path>", "write the whole result as JSON; - for stdout")
    .action(async (file: string, flags: Flags) => {
      const { strategy, bars, options } = await readSearch(io, file, flags);
      const { of, shuffle, block: meanBlock, runs, ruin } = flags;
      const progress = await progressOn(io, "montecarlo", { noun: "draws", worthShowing: 2 });
      const result = await monteCarlo(strategy, bars, {
        ...{ ...options, of, order: shuffle === true ? "shuffled" : "drawn", meanBlock, runs, ruin },
        onProgress: progress.tell,
      }).finally(progress.stop);
      await writeOutputs(io, [[flags.json, () => jsonText(result)]], monteCarloSummary(io, result));
      done(exitCodes.fine);
    });
}
