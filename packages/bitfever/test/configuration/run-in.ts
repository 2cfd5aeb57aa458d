import { bf } from "../../src/cli/bf.js";
import type { Io } from "../../src/cli/io.js";
import { main } from "../../src/cli/main.js";
import type { Ran } from "../cli-run.js";
import { checkWrittenJson } from "../json-outputs.js";

/** Runs a command until it ends, or until what it has written is enough: then as by Ctrl-C. */
export function runUntil(isEnough: (written: string) => boolean, ...args: readonly string[]): Promise<Ran> {
  return runWith(new AbortController(), isEnough, args);
}

/** Runs a command for a while, in milliseconds: then as by Ctrl-C. */
export function stoppedAfter(ms: number, ...args: readonly string[]): Promise<Ran> {
  const interrupt = new AbortController();
  setTimeout(() => {
    interrupt.abort();
  }, ms);
  return runWith(interrupt, () => false, args);
}

async function runWith(
  interrupt: AbortController,
  isEnough: (written: string) => boolean,
  args: readonly string[],
): Promise<Ran> {
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
  checkWrittenJson(bf.name, args, { code, out });
  return { code, out, err };
}
