import { Command } from "commander";
import { version } from "../version.js";
import type { ExitCode, Io } from "./io.js";
import { versionFlags } from "./version-flags.js";

type MakeCommand = (io: Io, done: (code: ExitCode) => void) => Command;

/** By their names, in the order in which they are listed. */
export type Commands<Name extends string = string> = Readonly<Record<Name, () => Promise<MakeCommand>>>;

/** `bf` with some commands: with the one that is asked for, with none for its version, or with all where it is not one of them. */
export const rootCommand =
  (commands: Commands) =>
  async (io: Io, done: (code: ExitCode) => void, [asked = ""]: readonly string[]): Promise<Command> => {
    const root = new Command("bf").description("BitFever: write, test and trade strategies").version(version);
    const listed = versionFlags.includes(asked) ? [] : Object.values(commands);
    const wanted = Object.hasOwn(commands, asked) ? [commands[asked]] : listed;
    for (const command of await Promise.all(wanted.map((load) => load()))) root.addCommand(command(io, done));
    return root;
  };
