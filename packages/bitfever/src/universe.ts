import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { BitFeverError, type Program } from "@bitfever/lang";
import type { ReadResult } from "@bitfever/engine";
import { readBarFile, type ReadOptions } from "./files.js";
import { noMember } from "./members.js";

/** A file that bars are read from, by its name. */
export const barFile = /\.(csv|txt|arrow|feather|parquet)(\.gz)?$/i;

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** A bar file of a folder: its symbol is its name without endings. */
export interface MemberFile extends ReadResult {
  readonly path: string;
}

/**
 * Reads the bars of every member of a program's universe from a folder with one file for each symbol.
 *
 * @throws BitFeverError BF5007 for a folder without bars, BF5047 for a symbol of which there is no file
 */
export async function readUniverse(
  folder: string,
  { symbols }: NonNullable<Program["universe"]>,
  options: ReadOptions = {},
): Promise<readonly MemberFile[]> {
  const names = (await readdir(folder)).filter((each) => barFile.test(each)).sort();
  if (names.length === 0)
    throw new BitFeverError("BF5007", `there are no bars in ${folder}`, {
      hint: "a universe is a folder with one CSV, Arrow or Parquet file for each symbol: AAPL.csv, MSFT.csv",
    });
  const files = new Map(names.map((each) => [symbolOf(each), each]));
  for (const symbol of symbols ?? []) if (!files.has(symbol)) throw noMember(symbol, folder);
  return Promise.all(
    (symbols ?? [...files.keys()]).map(async (symbol) => {
      const path = join(folder, files.get(symbol) ?? "");
      return { path, ...(await readBarFile(path, { ...options, symbol })) };
    }),
  );
}

const symbolOf = (file: string): string => basename(file).replace(barFile, "");
