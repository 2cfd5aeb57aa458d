import { writeWhole } from "../files.js";
import type { Io } from "./io.js";

export interface Told {
  /** For people. */
  readonly summary: string;
  /** Paths, of which - is stdout and undefined is nothing, with what is written there. */
  readonly files: readonly (readonly [path: string | undefined, text: () => string])[];
}

/** Writes the files of a result and prints its summary: what is for machines stands alone on stdout. */
export async function tellResult(io: Io, { summary, files }: Told): Promise<void> {
  for (const [path, text] of files) {
    if (path === "-") io.out(text());
    else if (path !== undefined) await writeWhole(path, text());
  }
  const written = files.flatMap(([path]) => path ?? []);
  const tell = written.includes("-") ? io.err : io.out;
  tell(`${summary}\n`);
  for (const path of written) if (path !== "-") tell(`\nwrote ${path}\n`);
}
