import { CommanderError, type Command } from "commander";
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
