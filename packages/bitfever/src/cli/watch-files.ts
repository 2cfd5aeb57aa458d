import { watch } from "node:fs";
import { basename, dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { BitFeverError } from "@bitfever/lang";

/** An editor writes a file in several steps; together they are one change. */
const quietMs = 100;

/**
 * Does something at once, and again after each change of a file, until stopped. Folders are watched, because editors put
 * a new file in the place of the old one. What changes meanwhile is seen to afterwards.
 *
 * @throws BitFeverError BF5064 for a folder that cannot be watched
 */
export async function watchFiles(
  files: readonly string[],
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  let wake: () => void = () => undefined;
  let hasChanged = true;
  const notice = (): void => {
    hasChanged = true;
    wake();
  };
  for (const folder of new Set(files.map((each) => dirname(each)))) {
    const names = new Set(files.filter((each) => dirname(each) === folder).map((each) => basename(each)));
    watchFolder(folder, signal, (name) => {
      if (names.has(name)) notice();
    });
  }
  signal.addEventListener("abort", notice, { once: true });
  while (!signal.aborted) {
    if (hasChanged) {
      hasChanged = false;
      await work();
      continue;
    }
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
    if (!signal.aborted) await pause(quietMs);
  }
}

function watchFolder(folder: string, signal: AbortSignal, notice: (name: string) => void): void {
  try {
    watch(folder, { signal }, (_, name) => {
      if (name !== null) notice(name);
    });
  } catch (cause) {
    throw new BitFeverError("BF5064", `cannot watch the folder ${folder}`, { cause, hint: "check the path" });
  }
}
