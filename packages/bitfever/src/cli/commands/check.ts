import { Command } from "commander";
import { checkFiles } from "../check-files.js";
import type { ExitCode, Io } from "../io.js";

/** `bf check`: every diagnostic of every file. */
export function checkCommand(io: Io, done: (code: ExitCode) => void): Command {
  return new Command("check")
    .summary("Check strategies and show every error and warning")
    .argument("<files...>", "strategies, .bf files")
    .option("--json", "print the diagnostics as JSON")
    .action(async (files: string[], flags: { readonly json?: true }) => {
      done((await checkFiles(io, files, flags.json ? "json" : "text")).code);
    });
}
