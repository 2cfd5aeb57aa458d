import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { BitFeverError, type Source } from "@bitfever/lang";
import {
  barsOfGiven,
  readActionColumns,
  readActions as readActionBytes,
  readBars as readBytes,
  readFlows as readFlowBytes,
  readPositions as readPositionBytes,
  type BacktestResult,
  type Bars,
  type CorporateAction,
  type ExternalFlow,
  type GivenBars,
  type ListedPosition,
  type ReadActions,
  type ReadOptions as EngineReadOptions,
  type ReadResult,
} from "@bitfever/engine";
import { givenOptions, type OptionNames } from "./given.js";

/** How bars are read: their symbol, the zone of their times, what is done with bars that cannot be. */
export type ReadOptions = Omit<EngineReadOptions, "name">;

const optionNames: OptionNames<ReadOptions> = {
  ...{ symbol: true, format: true, zone: true, mode: true, stamp: true, dates: true, hasActions: true },
};

/**
 * Reads bars: from a CSV (also gzipped), Arrow IPC or Parquet file, or of what is in memory.
 *
 * @param source   the path of a file, an Arrow table, columns by their names (arrays of any kind), or rows as objects; names and times
 *   as in files. What is in memory is checked like a file; columns of 64-bit floats are not copied
 * @param options  `symbol` names bars that have no name
 * @returns closed bars, oldest first: columns of 64-bit floats, times in milliseconds UTC
 * @throws BitFeverError BF5020 for a file that cannot be read, BF4001 to BF4012 for what is wrong with it, BF4020 to BF4032 for
 *   bars that cannot be, BF5350 for what no bars can be made of, BF5358 for an option that there is not
 * @example
 * const bars = await readBars("examples/data/SYNTHETIC-1d.csv");
 * const rows = [
 *   { date: "2024-01-02", open: 10, high: 12, low: 9, close: 11 },
 *   { date: "2024-01-03", open: 11, high: 13, low: 10, close: 12 },
 * ];
 * const own = await readBars(rows, { symbol: "OWN" });
 * console.log(bars.symbol, bars.length, own.close);
 */
export async function readBars(source: string | GivenBars, options: ReadOptions = {}): Promise<Bars> {
  givenOptions("readBars", options, optionNames);
  return typeof source === "string"
    ? (await readBarFile(source, options)).bars
    : barsOfGiven(source, options);
}

/** The same with all that was noticed: gaps, dropped rows, the format. */
export async function readBarFile(path: string, options: ReadOptions = {}): Promise<ReadResult> {
  return readBytes(await read(path), { ...options, name: basename(path) });
}

/**
 * Reads deposits and withdrawals from a CSV file with the columns `time`, `amount` (below 0 is taken out) and, if there is
 * one, `note`.
 *
 * @throws BitFeverError BF5101 for a row that is none, BF4002, BF4005 or BF4006 for the file
 * @example
 * await backtest(strategy, bars, { flows: await readFlows("flows.csv") });
 */
export async function readFlows(
  path: string,
  options: Pick<ReadOptions, "zone"> = {},
): Promise<readonly ExternalFlow[]> {
  return readFlowBytes(await read(path), { ...options, name: basename(path) });
}

/**
 * Reads positions as a venue exports them: CSV with the columns `symbol` and `quantity`, below 0 for short.
 *
 * @throws BitFeverError BF5186 for a row that is none, BF4002, BF4005 or BF4006 for the file
 */
export async function readPositions(path: string): Promise<readonly ListedPosition[]> {
  return readPositionBytes(await read(path), { name: basename(path) });
}

/**
 * Reads corporate actions of one symbol: CSV with `date,action,value` (`split`, `dividend`, `symbol`), or factors, or a map of
 * tickers.
 *
 * @param symbol  whose rows are meant, where the file has those of several in a column `symbol`
 * @throws BitFeverError BF5102 for a row that is none, BF5104 for a file of other symbols, BF4002, BF4005 or BF4006
 * @example
 * await backtest(strategy, bars, { actions: { AAPL: await readActions("AAPL-actions.csv") } });
 */
export async function readActions(path: string, symbol?: string): Promise<readonly CorporateAction[]> {
  const found = await readActionFile(path);
  const own = found.get(null) ?? (symbol === undefined ? undefined : found.get(symbol));
  if (own !== undefined || found.size === 0) return own ?? [];
  throw new BitFeverError("BF5104", `${path} has corporate actions of ${[...found.keys()].join(", ")}`, {
    hint: `say of which they are wanted: readActions("${path}", "${[...found.keys()][0] ?? ""}")`,
  });
}

/** All actions of a file, by symbol where it names any. */
export async function readActionFile(path: string): Promise<ReadActions> {
  return readActionBytes(await read(path), { name: basename(path) });
}

/** The splits and dividends in columns beside the prices of a bar file. */
export async function readActionsBeside(
  path: string,
  options: ReadOptions = {},
): Promise<readonly CorporateAction[]> {
  return readActionColumns(await read(path), { ...options, name: basename(path) });
}

export async function readSource(path: string): Promise<Source> {
  return { name: path, text: new TextDecoder().decode(await read(path)) };
}

/**
 * Reads a result as `bf backtest --json` writes it.
 *
 * @throws BitFeverError BF5070 for a file that is none
 */
export async function readResult(path: string): Promise<BacktestResult> {
  const text = new TextDecoder().decode(await read(path));
  const hint = "write one with `bf backtest … --json FILE`";
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new BitFeverError("BF5070", `${path} is not JSON`, { cause, hint });
  }
  const schema = typeof found === "object" && found !== null && "schema" in found ? found.schema : undefined;
  if (schema === "bitfever/backtest@1") return found as BacktestResult;
  const problem = schema === undefined ? "says no schema" : `is of the schema ${JSON.stringify(schema)}`;
  throw new BitFeverError("BF5070", `${path} is no result of a backtest: it ${problem}`, { hint });
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = codeOf(cause);
    const why = { ENOENT: "there is no such file", EISDIR: "it is a folder", EACCES: "it may not be read" }[
      code
    ];
    throw new BitFeverError("BF5020", `cannot read ${path}: ${why ?? code}`, {
      cause,
      hint: "check the path",
    });
  }
}

/** Writes a whole file or nothing: under another name first, then in place of the old one. */
export async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID()}.unfinished`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, text);
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new BitFeverError("BF5021", `cannot write ${path}: ${codeOf(cause)}`, {
      cause,
      hint: "check the path and its rights",
    });
  }
}

const codeOf = (cause: unknown): string =>
  typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : String(cause);
