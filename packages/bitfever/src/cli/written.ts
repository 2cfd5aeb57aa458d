import type { Writable } from "node:stream";

/** Once a stream has passed on what it was given, or will never do so: a pipe with a slow reader takes its time. */
export const written = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    if (stream.writableLength === 0) resolve();
    else
      stream.write("", () => {
        resolve();
      });
  });
