import { textOfError } from "@bitfever/lang";
import type * as Hyparquet from "hyparquet";
import type { ColumnData, Compressors, FileMetaData, SchemaElement } from "hyparquet";
import { cellsOf } from "../cells.js";
import { defineFormat, type RawColumn } from "../format.js";
import { fromDecimal, fromInt64 } from "../integers.js";
import { refuse } from "../refusals.js";
import { toMilliseconds, type EpochUnit } from "../stamps.js";
import { dayMs } from "../zone.js";

const magic = [0x50, 0x41, 0x52, 0x31]; // PAR1, at both ends
const hasMagic = (bytes: Uint8Array): boolean => magic.every((byte, i) => bytes[i] === byte);

export const parquet = defineFormat({
  name: "parquet",
  title: "Parquet",
  extensions: ["parquet", "pq"],
  recognise: hasMagic,
  async open(bytes, { file }) {
    if (!hasMagic(bytes)) throw damaged(file, "it begins like no Parquet file");
    if (!hasMagic(bytes.subarray(-4)) || bytes.length < 12) throw damaged(file, "its end is missing");
    const library = await import("hyparquet");
    const metadata = await attempt(file, () => library.parquetMetadata(bytes));
    const elements = library.parquetSchema(metadata).children.map((child) => child.element);
    return {
      names: elements.map((element) => element.name),
      rowWord: "row",
      symbol: metadata.key_value_metadata?.find(({ key }) => key === "symbol")?.value,
      notes: [],
      read: async (wanted) => {
        const chosen = wanted.map((index) => elements[index]);
        checkLengths(metadata, chosen, file);
        const compressors = await codecs(metadata, chosen, file);
        const chunks = await attempt(file, () => readChunks(library, bytes, metadata, chosen, compressors));
        const length = Number(metadata.num_rows);
        const columns = chosen.map((element) => {
          const own = chunks.filter((chunk) => chunk.columnName === element.name);
          const rows = own.reduce((sum, { columnData }) => sum + columnData.length, 0);
          if (rows !== length)
            throw damaged(file, `of the column "${element.name}" only ${rows} of ${length} rows are there`);
          return columnOf(element, own, length);
        });
        return { length, columns, line: (row) => row + 1, ragged: [] };
      },
    };
  },
});

function damaged(file: string, reason: string, cause?: unknown): Error {
  const hint =
    "the file was not written or copied to its end, or is of another kind; fetch or write it again";
  return refuse("damaged", `${file}: this Parquet file cannot be read (${reason})`, hint, cause);
}

/** What the library throws at a file is about the file. */
async function attempt<Result>(file: string, read: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (cause) {
    throw damaged(file, textOfError(cause), cause);
  }
}

/** The library believes what a file says of its lengths, and would fill the memory for a damaged one. */
function checkLengths(
  { num_rows, row_groups }: FileMetaData,
  chosen: readonly SchemaElement[],
  file: string,
): void {
  let rows = 0n;
  for (const group of row_groups) {
    rows += group.num_rows;
    for (const { meta_data } of group.columns) {
      if (meta_data === undefined || !chosen.some(({ name }) => name === meta_data.path_in_schema[0]))
        continue;
      if (meta_data.num_values !== group.num_rows)
        throw damaged(file, `a column has not as many values as rows`);
    }
  }
  if (rows !== num_rows) throw damaged(file, `it has not as many rows as it says`);
}

/** What unpacks the columns; nothing where they are not packed, or with Snappy, which the library knows by itself. */
async function codecs(
  metadata: FileMetaData,
  chosen: readonly SchemaElement[],
  file: string,
): Promise<Compressors> {
  const names = new Set(chosen.map((element) => element.name));
  const used = new Set<string>();
  for (const { meta_data } of metadata.row_groups.flatMap((group) => group.columns)) {
    if (meta_data !== undefined && names.has(meta_data.path_in_schema[0])) used.add(meta_data.codec);
  }
  used.delete("UNCOMPRESSED");
  used.delete("SNAPPY");
  if (used.size === 0) return {};
  const { compressors } = await import("hyparquet-compressors");
  const unknown = [...used].filter((codec) => !(codec in compressors));
  if (unknown.length === 0) return compressors;
  const hint = "write it again with SNAPPY, ZSTD, GZIP, BROTLI or LZ4, or without compression";
  throw refuse(
    "unsupported",
    `${file}: columns are packed with ${unknown.join(", ")}, which is not read`,
    hint,
  );
}

/** Reads columns as they are stored: what the library makes of times and decimals is slow, and not exact. */
async function readChunks(
  library: typeof Hyparquet,
  bytes: Uint8Array,
  metadata: FileMetaData,
  chosen: readonly SchemaElement[],
  compressors: Compressors,
): Promise<ColumnData[]> {
  const chunks: ColumnData[] = [];
  const schema = metadata.schema.map((element) => (isConverted(element) ? stored(element) : element));
  await library.parquetRead({
    file: { byteLength: bytes.length, slice: (start, end) => bytes.slice(start, end).buffer },
    metadata: { ...metadata, schema },
    columns: chosen.map((element) => element.name),
    compressors,
    utf8: false,
    parsers: { timestampFromNanoseconds: (time: bigint) => time },
    onChunk: (chunk) => chunks.push(chunk),
  });
  return chunks;
}

const isDecimal = ({ converted_type, logical_type }: SchemaElement): boolean =>
  converted_type === "DECIMAL" || logical_type?.type === "DECIMAL";

const isDate = ({ converted_type, logical_type }: SchemaElement): boolean =>
  converted_type === "DATE" || logical_type?.type === "DATE";

/** The unit of a column of times, and whether they are of UTC. */
function timeOf({
  type,
  converted_type,
  logical_type,
}: SchemaElement): { unit: EpochUnit; isZoned: boolean } | undefined {
  if (logical_type?.type === "TIMESTAMP") {
    const unit = ({ MILLIS: "ms", MICROS: "us", NANOS: "ns" } as const)[logical_type.unit];
    return { unit, isZoned: logical_type.isAdjustedToUTC };
  }
  if (converted_type === "TIMESTAMP_MILLIS") return { unit: "ms", isZoned: true };
  if (converted_type === "TIMESTAMP_MICROS") return { unit: "us", isZoned: true };
  return type === "INT96" ? { unit: "ns", isZoned: true } : undefined;
}

const isConverted = (element: SchemaElement): boolean =>
  isDecimal(element) || isDate(element) || (timeOf(element) !== undefined && element.type !== "INT96");

function stored(element: SchemaElement): SchemaElement {
  const { converted_type: _, logical_type: __, ...rest } = element;
  return rest;
}

function columnOf(element: SchemaElement, chunks: readonly ColumnData[], length: number): RawColumn {
  const { type, logical_type: logical, converted_type: converted, repetition_type: repetition } = element;
  if (type === undefined || repetition === "REPEATED") return { kind: "other", type: "lists or structures" };
  const time = timeOf(element);
  if (time !== undefined) {
    const values = toMilliseconds(numbersOf(chunks, length, plainNumber), time.unit);
    return { kind: "times", values, isZoned: time.isZoned };
  }
  if (isDate(element)) {
    const values = numbersOf(chunks, length, plainNumber);
    return { kind: "times", values: values.map((day) => day * dayMs), isZoned: false };
  }
  if (isDecimal(element)) {
    const scale = element.scale ?? (logical?.type === "DECIMAL" ? logical.scale : 0);
    return { kind: "numbers", values: numbersOf(chunks, length, (value) => decimalNumber(value, scale)) };
  }
  if (logical?.type === "TIME" || converted?.startsWith("TIME_") === true)
    return { kind: "other", type: "times of day" };
  if (type === "BYTE_ARRAY") return { kind: "cells", cells: cellsOf(textsOf(chunks, length)) };
  if (type === "BOOLEAN" || type === "FIXED_LEN_BYTE_ARRAY") {
    if (logical?.type !== "FLOAT16") return { kind: "other", type: type.toLowerCase().replaceAll("_", " ") };
  }
  return { kind: "numbers", values: numbersOf(chunks, length, plainNumber) };
}

function numbersOf(
  chunks: readonly ColumnData[],
  length: number,
  convert: (value: unknown) => number,
): Float64Array {
  const numbers = new Float64Array(length);
  for (const { columnData, rowStart } of chunks) {
    if (columnData instanceof Float64Array) numbers.set(columnData, rowStart);
    else if (columnData instanceof BigInt64Array && convert === plainNumber)
      numbers.set(fromInt64(columnData), rowStart);
    else for (let i = 0; i < columnData.length; i++) numbers[rowStart + i] = convert(columnData[i]);
  }
  return numbers;
}

const plainNumber = (value: unknown): number =>
  typeof value === "number" ? value : typeof value === "bigint" ? Number(value) : NaN;

/** Whole numbers of any width, or their bytes from the highest on, divided by a power of ten. */
function decimalNumber(value: unknown, scale: number): number {
  if (typeof value === "number" || typeof value === "bigint") return fromDecimal(BigInt(value), scale);
  if (!(value instanceof Uint8Array)) return NaN;
  let digits = 0n;
  for (const byte of value) digits = (digits << 8n) | BigInt(byte);
  return fromDecimal(BigInt.asIntN(value.length * 8, digits), scale);
}

function textsOf(chunks: readonly ColumnData[], length: number): string[] {
  const decoder = new TextDecoder();
  const texts = new Array<string>(length).fill("");
  for (const { columnData, rowStart } of chunks) {
    for (let i = 0; i < columnData.length; i++) {
      const value: unknown = columnData[i];
      if (typeof value === "string") texts[rowStart + i] = value;
      else if (value instanceof Uint8Array) texts[rowStart + i] = decoder.decode(value);
    }
  }
  return texts;
}
