import type { Command } from "commander";
import type { ExitCode, Io } from "../src/cli/io.js";
import { main } from "../src/cli/main.js";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command as a shell would, with its streams caught. */
export async function run(
  command: (io: Io, done: (code: ExitCode) => void) => Command,
  ...args: readonly string[]
): Promise<Ran> {
  let [out, err] = ["", ""];
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    isTerminal: false,
    color: false,
    signal: new AbortController().signal,
  };
  const code = await main(io, args, (done) => command(io, done));
  return { code, out, err };
}
