import { BitFeverError } from "@bitfever/lang";
import type { Bars } from "../bars.js";
import { isActionColumn } from "./action-names.js";
import { checkBars } from "./check.js";
import { readColumns } from "./columns.js";
import type { Defect } from "./defects.js";
import type { Format, RawTable } from "./format.js";
import { formats, type FormatName } from "./formats/index.js";
import { gunzip, isGzip } from "./gunzip.js";
import type { DateOrder } from "./layouts.js";
import { flag, refuse } from "./refusals.js";
import { strictly } from "./strict.js";

export interface ReadOptions {
  /** The name of the file: its end says the format, and messages begin with it. */
  readonly name: string;
  /** The instrument; if not given, what the file says, else its name without folder and end. */
  readonly symbol?: string | undefined;
  /** The format, where neither the name nor the first bytes say it. */
  readonly format?: FormatName | undefined;
  /** The IANA zone of times that name none; UTC if not given. Dates without a time are sessions and have no zone. */
  readonly zone?: string | undefined;
  /** `strict` (the default) refuses a file with any unusable bar; `lenient` drops those bars and says which. */
  readonly mode?: "strict" | "lenient" | undefined;
  /** Whether stamps are the open of their bar (the default) or its close, from which one interval is taken off. */
  readonly stamp?: "open" | "close" | undefined;
  /** Which number of `1/2/2020` comes first, where no row of the file tells. */
  readonly dates?: DateOrder | undefined;
  /** Whether its columns of splits and dividends are read beside the bars, so that they are not told as unused. */
  readonly hasActions?: boolean | undefined;
}

export interface ReadResult {
  readonly bars: Bars;
  /** What was dropped, and what is worth knowing of the bars: newest first, gaps, prices below zero. */
  readonly defects: readonly Defect[];
  /** How the file was read, in words: lines above the header, columns that are not used. */
  readonly notes: readonly string[];
  readonly format: FormatName;
}

/**
 * Reads the bars of a file: CSV and its relatives, Arrow IPC or Parquet, also packed with gzip.
 *
 * Nothing is repaired silently. In strict mode a bar that cannot be is an error. In lenient mode such bars are dropped
 * and listed; of bars with the same time the first stays; a file with the newest bar first is turned round, and says
 * so. Columns of 64-bit floats in an uncompressed Arrow file are not copied: the bars then share memory with `bytes`.
 *
 * @throws BitFeverError BF4001 to BF4012 for what is wrong with the file, BF4020 to BF4032 in strict mode for what is
 *   wrong with its bars, BF5040 for an unknown zone, BF5041 for an unknown format
 */
export async function readBars(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const { name: file } = options;
  const unpacked = isGzip(bytes) ? await gunzip(bytes, file) : bytes;
  if (unpacked.length === 0) throw refuse("noRows", `${file}: the file is empty`, "it should hold bars");
  const format = chooseFormat(unpacked, options);

  return { ...(await barsOfTable(await format.open(unpacked, { file }), options)), format: format.name };
}

/** The bars of a table, wherever it comes from; as `readBars`. */
export async function barsOfTable(
  table: RawTable,
  options: ReadOptions,
): Promise<Omit<ReadResult, "format">> {
  const { name: file, zone = "UTC", mode = "strict", stamp = "open", dates } = options;
  const { columns, rows, hasVolume, skipped, text, ...found } = await readColumns(table, {
    file,
    zone,
    dates,
  });
  const { bars, defects } = checkBars({
    ...{ symbol: options.symbol ?? table.symbol ?? symbolOf(file), columns, hasVolume, skipped, zone, text },
    ...{ rowWord: table.rowWord, line: rows.line, ragged: rows.ragged, width: table.names.length },
  });
  if (mode === "strict") strictly(file, rows.length + rows.ragged.length, defects);
  if (bars.length === 0) {
    const dropped = defects.filter((defect) => defect.dropped);
    const message = `${file}: not one of ${dropped.length} bars can be used; ${dropped[0].message}`;
    throw refuse("nothingLeft", message, `read it with \`${flag.mode} strict\` to see what is wrong`);
  }
  const notes = [...table.notes];
  const unused = found.unused.filter((name) => options.hasActions !== true || !isActionColumn(name));
  if (unused.length > 0)
    notes.push(`not used: ${unused.map((name) => name || "a column without a name").join(", ")}`);
  return { bars: stamp === "close" ? openStamped(bars, file) : bars, defects, notes };
}

/** The format that is asked for, else the one the first bytes show, else the one the name says. */
export function chooseFormat(
  bytes: Uint8Array,
  { name: file, format: wanted }: ReadOptions,
): Format<FormatName> {
  if (wanted !== undefined) {
    const found = formats.find((format) => format.name === wanted);
    if (found !== undefined) return found;
    const known = formats.map((format) => format.name).join(", ");
    throw new BitFeverError("BF5041", `"${wanted}" is no format of bars`, {
      hint: `formats are ${known}`,
    });
  }
  const extension = /\.([^./\\]+)(\.gz|\.gzip)?$/i.exec(file)?.[1]?.toLowerCase() ?? "";
  const found =
    formats.find((format) => format.recognise(bytes)) ??
    formats.find((format) => format.extensions.includes(extension)) ??
    // Without a name that says anything, what has no zero bytes is read as text.
    (otherFiles.has(extension) || bytes.subarray(0, 4096).includes(0) ? undefined : formats[0]);
  if (found !== undefined) return found;
  const ends = formats.flatMap((format) => format.extensions).join(", .");
  throw refuse(
    "unknownFormat",
    `${file}: this kind of file is not read`,
    otherFiles.get(extension) ?? `bars are read from files that end in .${ends}, each also with .gz`,
  );
}

/** Kinds of files that people try, and what they can do. */
const otherFiles = new Map([
  ["zip", "unpack it and read what is inside"],
  ["json", "save the bars as CSV, with a first line that names the columns: time,open,high,low,close,volume"],
  [
    "jsonl",
    "save the bars as CSV, with a first line that names the columns: time,open,high,low,close,volume",
  ],
  ["xlsx", "save the sheet as CSV"],
  ["xls", "save the sheet as CSV"],
]);

/** `data/SPY-1d.csv.gz` is `SPY-1d`. */
function symbolOf(file: string): string {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  return name.replace(/\.(gz|gzip)$/i, "").replace(/(?<=.)\.[^.]+$/, "");
}

function openStamped(bars: Bars, file: string): Bars {
  if (bars.intervalMs === 0) {
    const message = `${file}: one bar does not say how long a bar is, so its open cannot be told from its close`;
    throw refuse("noInterval", message, `leave out \`${flag.stamp} close\`, or give two bars or more`);
  }
  return { ...bars, time: bars.time.map((time) => time - bars.intervalMs) };
}
