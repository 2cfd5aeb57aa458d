import { BitFeverError, textOfError } from "@bitfever/lang";
import { readBars as readBytes, type Bars, type ReadOptions as EngineReadOptions } from "@bitfever/engine";
import { tableText, type BarTable } from "./bar-table.js";

/** What a page has bars in: the text or the bytes of a file, a file a reader chose, or a table that was made in the page. */
export type BarInput = string | Uint8Array | ArrayBuffer | Blob | BarTable;

export interface ReadOptions extends Omit<EngineReadOptions, "name"> {
  /** What messages call it, and where `symbol` is not given what the bars are of; that of a chosen file is its own. */
  readonly name?: string;
}

/**
 * Reads bars, with all the checks of a file: the header is found, times are understood, bars that cannot be are refused.
 *
 * @param input  CSV (also gzipped) as text, bytes or a chosen file; or rows; or columns
 * @throws BitFeverError BF4001 to BF4032 for what is wrong with the bars, BF5308 for a format whose library the page has
 *   not, BF5309 for what is no table of bars
 * @example
 * const bars = await readBars(await (await fetch("prices.csv")).text(), { symbol: "ACME" });
 * const few = await readBars([["2024-01-02", 10, 11, 9, 10.5, 1200], ["2024-01-03", 10.5, 12, 10, 11, 900]]);
 */
export async function readBars(input: BarInput, options: ReadOptions = {}): Promise<Bars> {
  const { name = nameOf(input) } = options;
  try {
    return (await readBytes(await bytesOf(input), { ...options, name })).bars;
  } catch (cause) {
    if (cause instanceof BitFeverError) throw cause;
    // Arrow and Parquet are read by libraries that are larger than all else, and that are loaded when they are asked for.
    throw new BitFeverError("BF5308", `${name} cannot be read in this page: ${textOfError(cause)}`, {
      cause,
      hint: "save the bars as CSV, or let a bundler or an import map say where `apache-arrow` and `hyparquet` are",
    });
  }
}

const nameOf = (input: BarInput): string =>
  input instanceof Blob && "name" in input && typeof input.name === "string" ? input.name : "bars";

async function bytesOf(input: BarInput): Promise<Uint8Array> {
  if (input instanceof Uint8Array) return input;
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  if (input instanceof Blob) return new Uint8Array(await input.arrayBuffer());
  return new TextEncoder().encode(typeof input === "string" ? input : tableText(input));
}
