import { bf } from "../../src/cli/bf.js";
import type { Io } from "../../src/cli/io.js";
import { main } from "../../src/cli/main.js";
import type { Ran } from "../cli-run.js";

/** Runs a command until it ends, or until what it has written is enough: then as by Ctrl-C. */
export async function runUntil(
  isEnough: (written: string) => boolean,
  ...args: readonly string[]
): Promise<Ran> {
  const interrupt = new AbortController();
  let [out, err] = ["", ""];
  const look = (): void => {
    if (isEnough(out + err)) interrupt.abort();
  };
  const io: Io = {
    ...{ isTerminal: false, color: false, signal: interrupt.signal },
    out: (text) => {
      out += text;
      look();
    },
    err: (text) => {
      err += text;
      look();
    },
  };
  const code = await main(io, args, bf);
  return { code, out, err };
}
