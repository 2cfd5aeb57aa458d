import { Command, Option } from "commander";
import { checkFiles } from "../check-files.js";
import type { ExitCode, Io } from "../io.js";

interface Flags {
  readonly json?: true;
  readonly github?: true;
}

/** `bf check`: every diagnostic of every file. */
export function checkCommand(io: Io, done: (code: ExitCode) => void): Command {
  return new Command("check")
    .summary("Check strategies and show every error and warning")
    .description(
      "Check strategies and show every error and warning.\nExit code: 0 no error, 1 an error in a program, 2 wrong usage.",
    )
    .argument("<files...>", "strategies, .bf files")
    .option("--json", "print the diagnostics as JSON")
    .addOption(new Option("--github", "annotate the files in GitHub Actions as well").conflicts("json"))
    .action(async (files: string[], { json, github }: Flags) => {
      done((await checkFiles(io, files, json ? "json" : github ? "github" : "text")).code);
    });
}
