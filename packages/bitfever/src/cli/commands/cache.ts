import { rm } from "node:fs/promises";
import { BitFeverError } from "@bitfever/lang";
import { Command, Option } from "commander";
import { countOf, exitCodes, type ExitCode, type Io } from "../io.js";
import { keptRuns } from "../kept-runs/run-store.js";

interface Flags {
  readonly cache?: string;
  readonly clear?: true;
}

/** `bf cache`: what is kept of runs. */
export function cacheCommand(io: Io, done: (code: ExitCode) => void): Command {
  return new Command("cache")
    .summary("Show or clear the results that are kept of backtests")
    .description(
      "Show or clear the results that `bf backtest --cache` and `bf test --cache` keep. Of each folder the results that were asked for last are kept, 256 MiB at most.",
    )
    .addOption(new Option("--cache <folder>", "the folder they are in").env("BITFEVER_CACHE"))
    .option("--clear", "delete them; other files of the folder stay")
    .action(async ({ cache: folder = "", clear }: Flags) => {
      if (folder === "")
        throw new BitFeverError("BF5137", "no folder of results is named", {
          hint: "name it by --cache FOLDER, or in the environment by BITFEVER_CACHE",
        });
      const kept = await keptRuns(folder);
      const bytes = kept.reduce((sum, each) => sum + each.bytes, 0);
      if (clear) for (const { path } of kept) await rm(path, { force: true });
      const size = `${(bytes / 2 ** 20).toFixed(1)} MiB`;
      io.out(`${folder}: ${countOf(kept.length, "result")}, ${size}${clear ? ", deleted" : ""}\n`);
      done(exitCodes.fine);
    });
}
