import type { Io } from "../src/cli/io.js";
import { main, type CommandLine } from "../src/cli/main.js";
import { checkWrittenJson } from "./json-outputs.js";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command as a shell would, with its streams caught; what it writes as JSON is held against its schema. */
export const run = (commandLine: CommandLine, ...args: readonly string[]): Promise<Ran> =>
  runWith({}, commandLine, ...args);

/** The same in a world that differs. */
export async function runWith(
  world: Partial<Io>,
  commandLine: CommandLine,
  ...args: readonly string[]
): Promise<Ran> {
  let [out, err] = ["", ""];
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    isTerminal: false,
    color: false,
    signal: new AbortController().signal,
    ...world,
  };
  const code = await main(io, args, commandLine);
  checkWrittenJson(commandLine.name, args, { code, out });
  return { code, out, err };
}
