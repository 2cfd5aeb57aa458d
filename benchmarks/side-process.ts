import { fork } from "node:child_process";
import type { Outcome, Side, Timing } from "./side.js";

/*
 * Each side runs in a process of its own, so that nobody pays for the garbage of another, and no collection has to be forced
 * between two of them: a forced one also drops the shapes of objects of which none is left, and with them compiled code.
 */

const mark = "--side";

/** The name of the side that this process is started for; null in the process that compares. */
export function sideAskedFor(): string | null {
  const place = process.argv.indexOf(mark);
  return place < 0 ? null : process.argv[place + 1];
}

/** Answers whoever started this process, until it is told to end. */
export function serve(side: Side): void {
  process.on("message", (request: "time" | "outcome") => {
    void (async () => process.send?.(request === "time" ? await side.time() : await side.outcome()))();
  });
}

/**
 * A side in a process of its own: this program, started once more.
 *
 * @param rest  arguments behind the name of the side
 */
export function apart(side: Side, ...rest: readonly string[]): Side {
  const start = (): ReturnType<typeof fork> =>
    fork(process.argv[1], [...rest, mark, side.name], { serialization: "advanced" });
  let child: ReturnType<typeof fork> | undefined;
  const ask = async (request: string): Promise<unknown> => {
    child ??= start();
    const asked = child;
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        reject(new Error(`${side.name}: its process has ended`));
      };
      asked.once("exit", fail);
      asked.once("message", (answer) => {
        asked.off("exit", fail);
        resolve(answer);
      });
      asked.send(request);
    });
  };
  return {
    ...side,
    time: async () => (await ask("time")) as Timing,
    outcome: async () => (await ask("outcome")) as Outcome,
    release() {
      child?.removeAllListeners("exit");
      child?.kill();
      child = undefined;
    },
  };
}
