import { env } from "node:process";
import { Command } from "commander";
import { examine, type Examined } from "../../configuration/examine.js";
import { problemLines, type PlacedProblem } from "../../configuration/problem.js";
import { jsonSchema } from "../../configuration/json-schema.js";
import { jsonText } from "../../json-text.js";
import { countOf, exitCodes, paintOf, type ExitCode, type Io } from "../io.js";
import { printable } from "../printable.js";

/** `bf config`: the file of an account, before anything trades by it. */
export function configCommand(io: Io, done: (code: ExitCode) => void): Command {
  const command = new Command("config")
    .summary("Check the file of an account, or print its schema")
    .description("The file of an account, as bf paper and bf live take it: docs/configuration.md.");
  const summary = "Check the file of an account: all that is wrong with it, with line and column";
  command
    .command("check")
    .summary(summary)
    .description(
      `${summary}.\n` +
        "Programs are compiled, gates, instruments and plug-ins are read, permissions of files with secrets are looked at; no exchange is asked. " +
        "A variable that is not set is told and is no error: who checks a file need not have its secrets.\n" +
        "Exit code: 0 nothing is wrong, 1 something is, 2 wrong usage or no such file.",
    )
    .argument("<file>", "the file of an account, YAML or JSON")
    .option("--json", "print what is wrong as JSON")
    .action(async (file: string, { json }: { readonly json?: true }) => {
      const examined = await examine(file, env);
      const isFine = examined.problems.length === 0;
      if (json === true) io.out(jsonText(jsonOf(file, examined)));
      else print(io, file, examined);
      done(isFine ? exitCodes.fine : exitCodes.failed);
    });
  command
    .command("schema")
    .summary("Print the JSON schema of the file of an account, for editors")
    .description(
      "Prints the JSON schema of the file of an account, for editors.\n" +
        "Write it to a file, and name that in the first line of the account: # yaml-language-server: $schema=account.schema.json",
    )
    .action(async () => {
      io.out(jsonText(await jsonSchema()));
    });
  return command;
}

function print(io: Io, file: string, { problems, missing, ready }: Examined): void {
  const paint = paintOf(io);
  for (const each of problems) {
    const [text, help] = problemLines(file, each);
    io.err(`${paint.error(`error ${each.code}`)}: ${printable(text)}\n  ${paint.faint(help.trim())}\n`);
  }
  for (const each of missing) {
    const [text, help] = problemLines(file, each);
    io.err(`${paint.warning(`warning ${each.code}`)}: ${printable(text)}\n  ${paint.faint(help.trim())}\n`);
  }
  if (ready === undefined) {
    io.err(`${countOf(problems.length, "error")}\n`);
    return;
  }
  const { configuration, strategies, gates } = ready;
  const symbols = new Set(strategies.flatMap(({ heard }) => heard.map(({ symbol }) => symbol)));
  const services = Object.keys(configuration.services ?? {});
  io.out(
    `${paint.good("fine")}: ${printable(configuration.account)}, ${strategies.length} ${strategies.length === 1 ? "strategy" : "strategies"} on ${[...symbols].map(printable).join(", ")}; ` +
      `${countOf(gates.length, "gate rule")}; services: ${services.join(", ") || "none"}\n`,
  );
}

/** What `bf config check --json` writes. */
export interface WrittenCheck {
  readonly schema: "bitfever/config-check@1";
  readonly file: string;
  readonly isFine: boolean;
  readonly errors: readonly PlacedProblem[];
  readonly warnings: readonly PlacedProblem[];
}

const jsonOf = (file: string, { problems, missing }: Examined): WrittenCheck => ({
  schema: "bitfever/config-check@1",
  file,
  isFine: problems.length === 0,
  errors: problems.map(plain),
  warnings: missing.map(plain),
});

const plain = ({ code, line, column, place, text, hint }: PlacedProblem): PlacedProblem => ({
  ...{ code, line, column, place, text, hint },
});
