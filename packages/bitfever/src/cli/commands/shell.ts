import { readFile } from "node:fs/promises";
import { env } from "node:process";
import { Command } from "commander";
import { BitFeverError } from "@bitfever/lang";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { Connection } from "../shell/connection.js";
import { History } from "../shell/history.js";
import { historyFile } from "../shell/history-file.js";
import { runShell } from "../shell/shell.js";

interface Flags {
  readonly connect: string;
  readonly tokenFile?: string;
}

const variable = "BF_TOKEN";

/** `bf shell`: commands at an account that runs elsewhere. */
export function shellCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Type commands at an account that runs in another process";
  return new Command("shell")
    .summary(summary)
    .description(
      `${summary}, by the service http beside it; without a terminal a command for each line of standard input.\n` +
        `The token of the caller comes from ${variable} or from a file, never from the command line. \`quit\` leaves the shell, and the account goes on.\n` +
        "Exit code: 0 fine, 1 a command of a script was not carried out, 2 nobody answers there, or not to this token.",
    )
    .requiredOption("--connect <url>", "where the account is, such as http://127.0.0.1:8787")
    .option("--token-file <path>", "a file with the token in it")
    .action(async ({ connect, tokenFile }: Flags) => {
      const url = connect.replace(/\/+$/, "");
      const connection = await Connection.open(url, await tokenOf(tokenFile), io.signal);
      const refused = await runShell(io, {
        prompt: `${connection.account}> `,
        history: new History(io.lines === undefined ? null : historyFile()),
        words: () => connection.words,
        carryOut: async (words) => {
          const answer = await connection.carryOut(words);
          if (io.lines !== undefined) connection.renewWords();
          return answer;
        },
        // Who leaves means the shell: the account is ended where it runs.
        ends: (words) => /^(quit|exit)$/i.test(words),
      });
      done(refused > 0 && io.lines === undefined ? exitCodes.failed : exitCodes.fine);
    });
}

async function tokenOf(file: string | undefined): Promise<string> {
  const found = file === undefined ? env[variable] : await readFile(file, "utf8").catch(() => undefined);
  const token = found?.trim() ?? "";
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new BitFeverError(
    "BF5345",
    file === undefined ? `${variable} holds no token` : `${file} holds no token`,
    {
      hint: `set ${variable}, or give --token-file PATH`,
    },
  );
}
