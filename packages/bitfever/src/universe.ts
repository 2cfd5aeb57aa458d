import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { BitFeverError, type Program } from "@bitfever/lang";
import type { Bars, ReadResult } from "@bitfever/engine";
import { readBarFile, type ReadOptions } from "./files.js";

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

/**
 * The histories a program wants of those there are.
 *
 * @throws BitFeverError BF5047 for a symbol of the universe without bars, BF5049 for several histories and no universe
 */
export function membersOf({ universe, name }: Program, given: readonly Bars[]): readonly Bars[] {
  if (universe === null) {
    if (given.length === 1) return given;
    throw new BitFeverError(
      "BF5049",
      `"${name}" trades one symbol, and there are ${given.length} histories`,
      {
        hint: "a program for many symbols says `universe`",
      },
    );
  }
  if (universe.symbols === null) return given;
  return universe.symbols.map((symbol) => {
    const bars = given.find((each) => each.symbol === symbol);
    if (bars === undefined) throw noMember(symbol, "what was given");
    return bars;
  });
}

const symbolOf = (file: string): string => basename(file).replace(barFile, "");

const noMember = (symbol: string, place: string): BitFeverError =>
  new BitFeverError("BF5047", `there are no bars of ${symbol} in ${place}`, {
    hint: `the universe names it; a file called ${symbol}.csv would be read, and \`universe\` without names takes all`,
  });
