import type * as Arrow from "apache-arrow";
import { cellsOf } from "../cells.js";
import { defineFormat, type RawColumn } from "../format.js";
import { fromDecimal, fromInt64 } from "../integers.js";
import { unpackLz4 } from "../lz4.js";
import { refuse } from "../refusals.js";
import { toMilliseconds, type EpochUnit } from "../stamps.js";
import { dayMs } from "../zone.js";

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));

/** Files begin and end with this; streams begin with the length of a message behind four bytes of ones. */
const magic = "ARROW1";
const isStream = (bytes: Uint8Array): boolean => bytes.length > 8 && bytes.subarray(0, 4).every((byte) => byte === 0xff);

export const arrow = defineFormat({
  name: "arrow",
  title: "Arrow IPC, file or stream",
  extensions: ["arrow", "feather", "ipc", "arrows"],
  recognise: (bytes) => startsWith(bytes, magic) || startsWith(bytes, "FEA1") || isStream(bytes),
  async open(bytes, { file }) {
    if (startsWith(bytes, "FEA1")) {
      const hint = "write it again with a newer library: what is called Feather today is Arrow IPC";
      throw refuse("unsupported", `${file}: this is Feather version 1, which is not read`, hint);
    }
    const isFile = startsWith(bytes, magic);
    if (!isFile && !isStream(bytes)) throw damaged(file, "it begins like no Arrow file");
    if (isFile && !startsWith(bytes.subarray(-magic.length), magic)) throw damaged(file, "its end is missing");
    if (isFile && !hasSoundFooter(bytes)) throw damaged(file, "its list of contents is not sound");
    const library = await import("apache-arrow");
    await registerCodecs(library);
    let table: Arrow.Table;
    try {
      table = library.tableFromIPC(bytes);
    } catch (cause) {
      throw damaged(file, cause instanceof Error ? cause.message : String(cause), cause);
    }
    return {
      names: table.schema.fields.map((field) => field.name),
      rowWord: "row",
      symbol: table.schema.metadata.get("symbol"),
      notes: [],
      read: async (wanted) => {
        try {
          const columns = wanted.map((index) => readVector(library, table.getChildAt(index)));
          return { length: table.numRows, columns, line: (row) => row + 1, ragged: [] };
        } catch (cause) {
          throw damaged(file, cause instanceof Error ? cause.message : String(cause), cause);
        }
      },
    };
  },
});

function damaged(file: string, reason: string, cause?: unknown): Error {
  const hint = "the file was not written or copied to its end, or is of another kind; fetch or write it again";
  return refuse("damaged", `${file}: this Arrow file cannot be read (${reason})`, hint, cause);
}

/**
 * Whether the lists of batches at the end of a file are no longer than it; the library would count through them for
 * minutes. A footer is a FlatBuffers table whose fields 2 and 3 are those lists, with 24 bytes an entry.
 */
function hasSoundFooter(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const end = bytes.length - magic.length - 4;
    const table = end - view.getInt32(end, true) + view.getInt32(end - view.getInt32(end, true), true);
    const layout = table - view.getInt32(table, true);
    return [2, 3].every((field) => {
      const entry = 4 + 2 * field;
      const offset = entry < view.getUint16(layout, true) ? view.getUint16(layout + entry, true) : 0;
      if (offset === 0) return true;
      const list = table + offset + view.getUint32(table + offset, true);
      return list + 4 + view.getUint32(list, true) * 24 <= end;
    });
  } catch {
    return false; // what it points to lies outside of the file
  }
}

/** The library reads packed files with codecs it is given; those that the program already gave it stay. */
async function registerCodecs({ compressionRegistry, CompressionType }: typeof Arrow): Promise<void> {
  if (compressionRegistry.get(CompressionType.LZ4_FRAME) === null) {
    compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4 });
  }
  if (compressionRegistry.get(CompressionType.ZSTD) === null) {
    const { decompressZstd } = await import("hyparquet-compressors");
    // Copied, because columns are looked at in place, and what is unpacked need not begin at a multiple of 8.
    compressionRegistry.set(CompressionType.ZSTD, { decode: (packed) => decompressZstd(packed).slice() });
  }
}

function readVector({ DataType }: typeof Arrow, vector: Arrow.Vector | null): RawColumn {
  if (vector === null) return { kind: "other", type: "nothing" };
  const type: Arrow.DataType = vector.type;
  const isHalf = DataType.isFloat(type) && type.precision === 0;
  if (DataType.isInt(type) || (DataType.isFloat(type) && !isHalf)) {
    return { kind: "numbers", values: numbersOf(vector, doubles) };
  }
  if (DataType.isDecimal(type)) {
    return { kind: "numbers", values: numbersOf(vector, (words) => decimals(words, type.scale, type.bitWidth / 32)) };
  }
  if (DataType.isTimestamp(type)) {
    const values = toMilliseconds(numbersOf(vector, doubles), units[type.unit]);
    return { kind: "times", values, isZoned: (type.timezone ?? "") !== "" };
  }
  if (DataType.isDate(type)) {
    const values = numbersOf(vector, doubles);
    return { kind: "times", values: type.unit === 0 ? values.map((day) => day * dayMs) : values, isZoned: false };
  }
  const text: Arrow.DataType = DataType.isDictionary(type) ? type.dictionary : type;
  if (DataType.isUtf8(text) || DataType.isLargeUtf8(text)) return { kind: "cells", cells: cellsOf([...vector]) };
  return { kind: "other", type: String(type) };
}

/** In the order in which Arrow numbers its units. */
const units: readonly EpochUnit[] = ["s", "ms", "us", "ns"];

/** The values of a vector, which may lie in several pieces; NaN where a value is absent. */
function numbersOf(vector: Arrow.Vector, convert: (values: unknown) => Float64Array): Float64Array {
  const pieces = vector.data.map((piece) => {
    const values = convert(piece.values.subarray(0, piece.length * piece.stride));
    return piece.nullCount === 0 ? values : values.map((value, i) => (piece.getValid(i) ? value : NaN));
  });
  if (pieces.length === 1) return pieces[0];
  const all = new Float64Array(vector.length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function doubles(values: unknown): Float64Array {
  if (values instanceof Float64Array) return values;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return fromInt64(values);
  if (values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint32Array) {
    return Float64Array.from(values);
  }
  const isSmall = values instanceof Int16Array || values instanceof Uint16Array;
  if (isSmall || values instanceof Int8Array || values instanceof Uint8Array) return Float64Array.from(values);
  throw new TypeError("numbers of an unknown width");
}

/** Whole numbers of several words of 32 bits, the lowest first, the highest with the sign. */
function decimals(values: unknown, scale: number, width: number): Float64Array {
  if (!(values instanceof Uint32Array)) throw new TypeError("decimals of an unknown width");
  const numbers = new Float64Array(values.length / width);
  for (let i = 0; i < numbers.length; i++) {
    let digits = 0n;
    for (let word = width - 1; word >= 0; word--) digits = (digits << 32n) | BigInt(values[i * width + word]);
    numbers[i] = fromDecimal(BigInt.asIntN(width * 32, digits), scale);
  }
  return numbers;
}
