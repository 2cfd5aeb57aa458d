import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { BitFeverError } from "@bitfever/lang";
import type { CorporateAction } from "@bitfever/engine";
import type { ActionsBySymbol } from "./adjusted.js";
import { readActionFile, readActionsBeside, type ReadOptions } from "./files.js";
import { isFolder } from "./universe.js";

/** A file of bars, and what it is of. */
interface BarFile {
  readonly path: string;
  readonly symbol: string;
}

/** What a folder of actions calls the files of a symbol: its actions, or its factors and the map of its tickers. */
const endings = ["", "-actions", "-factor", "-map"];

/**
 * Corporate actions of the symbols of a run, from where `--actions` says: the columns of the bar files themselves (`data`),
 * one file, or a folder with files for each symbol.
 *
 * @throws BitFeverError BF5104 where nothing there is of any of the symbols, and what the readers throw
 */
export async function readActionsOf(
  place: string,
  files: readonly BarFile[],
  options: ReadOptions = {},
): Promise<ActionsBySymbol> {
  if (place === "data") {
    const read = files.map(
      async ({ path, symbol }) => [symbol, await readActionsBeside(path, options)] as const,
    );
    return Object.fromEntries(await Promise.all(read));
  }
  const found = (await isFolder(place)) ? await inFolder(place, files) : await inFile(place, files);
  if (Object.keys(found).length > 0) return found;
  const symbols = files.map(({ symbol }) => symbol).join(", ");
  throw new BitFeverError("BF5104", `there are no corporate actions of ${symbols} in ${place}`, {
    hint: "a folder has a file SYMBOL.csv for each symbol, a file of several has a column `symbol`",
  });
}

async function inFile(path: string, files: readonly BarFile[]): Promise<ActionsBySymbol> {
  const found = await readActionFile(path);
  const nameless = found.get(null);
  if (nameless !== undefined && files.length === 1) return { [files[0].symbol]: nameless };
  return Object.fromEntries(
    files.flatMap(({ symbol }) => {
      const own = found.get(symbol);
      return own === undefined ? [] : [[symbol, own]];
    }),
  );
}

async function inFolder(folder: string, files: readonly BarFile[]): Promise<ActionsBySymbol> {
  const names = new Set(await readdir(folder));
  const read = files.map(async ({ symbol }) => {
    const own = endings
      .flatMap((ending) => [`${symbol}${ending}.csv`, `${symbol}${ending}.csv.gz`])
      .filter((name) => names.has(name));
    const parts: (readonly CorporateAction[])[] = [];
    for (const name of own)
      parts.push((await inFile(join(folder, name), [{ path: name, symbol }]))[symbol] ?? []);
    return own.length === 0 ? [] : [[symbol, parts.flat()] as const];
  });
  return Object.fromEntries((await Promise.all(read)).flat());
}
