import { open } from "node:fs/promises";
import { BitFeverError } from "@bitfever/lang";
import type { FeedClock } from "@bitfever/runtime";

/** How often a file is looked at that may have grown. */
const lookEveryMs = 500;
const chunkBytes = 65_536;

/** Whole lines of a text as it comes, those together that came together; a last one without its end is one as well. */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<readonly string[], void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    rest += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? "";
    yield lines;
  }
  if (rest !== "") yield [rest];
}

/**
 * What a file holds, and what is written behind it from now on.
 *
 * @throws BitFeverError BF5199 for a file that cannot be read, or that has become shorter
 */
export async function* followed(
  path: string,
  clock: FeedClock,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const fail = (what: string, hint: string, cause?: unknown): never => {
    throw new BitFeverError("BF5199", `${path} ${what}`, { hint, cause });
  };
  const file = await open(path).catch((error: unknown) =>
    fail(
      "cannot be followed: it is not there, or cannot be read",
      "give the path of a file that grows",
      error,
    ),
  );
  try {
    for (let at = 0; !signal.aborted;) {
      const { size } = await file.stat();
      if (size < at)
        fail(
          "has become shorter while it was followed",
          "write bars behind those that are there, and start again",
        );
      if (size === at) {
        await clock.wait(lookEveryMs);
        continue;
      }
      const { buffer, bytesRead } = await file.read(new Uint8Array(Math.min(chunkBytes, size - at)), {
        position: at,
      });
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** The same until somebody stops it; what is being waited for is waited for no longer. */
export async function* untilAborted<Value>(
  values: AsyncIterable<Value>,
  signal: AbortSignal,
): AsyncGenerator<Value, void> {
  const iterator = values[Symbol.asyncIterator]();
  const aborted = new Promise<"aborted">((resolve) => {
    if (signal.aborted) resolve("aborted");
    signal.addEventListener("abort", () => {
      resolve("aborted");
    });
  });
  for (;;) {
    const next = await Promise.race([iterator.next(), aborted]);
    if (next === "aborted" || next.done === true) return;
    yield next.value;
  }
}
