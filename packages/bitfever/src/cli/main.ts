import { CommanderError, type Command } from "commander";
import { nearest } from "@bitfever/lang";
import { exitCodes, showError, type ExitCode, type Io } from "./io.js";

/** What a program understands, of which it need not load more than these arguments ask for. */
export type CommandLine = (
  io: Io,
  done: (code: ExitCode) => void,
  args: readonly string[],
) => Command | Promise<Command>;

const withThoseBelow = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(withThoseBelow),
];

/** Beside an option that nobody knows, one that is missing is what was meant by it. */
function tellUnknownFirst(command: Command): void {
  const tell = command.error.bind(command);
  command.error = (message, options): never => {
    const unknown = command.args.find((each) => /^--?[a-z]/i.test(each));
    if (options?.code !== "commander.missingMandatoryOptionValue" || unknown === undefined)
      return tell(message, options);
    const meant = nearest(
      unknown,
      command.options.flatMap(({ long }) => long ?? []),
    );
    const suggestion = meant === undefined ? "" : `\n(Did you mean ${meant}?)`;
    return tell(`error: unknown option '${unknown}'${suggestion}`, { code: "commander.unknownOption" });
  };
}

/** Runs a command line and answers with the exit code; writes only through `io`, never throws for bad input. */
export async function main(io: Io, args: readonly string[], commandLine: CommandLine): Promise<ExitCode> {
  let code: ExitCode = exitCodes.fine;
  const done = (given: ExitCode): void => {
    code = given;
  };
  const root = await commandLine(io, done, args);
  const output = { writeOut: io.out, writeErr: io.err };
  for (const command of withThoseBelow(root)) {
    command
      .exitOverride()
      .configureOutput(output)
      .showHelpAfterError("(--help tells more)")
      .showSuggestionAfterError();
    tellUnknownFirst(command);
  }
  try {
    await root.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
    if (io.signal.aborted) {
      io.err("stopped\n");
      return exitCodes.failed;
    }
    return showError(io, error);
  }
}
