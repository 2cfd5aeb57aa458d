import { textOfError } from "@bitfever/lang";
import type * as Arrow from "apache-arrow";
import { cellsOf } from "../cells.js";
import { defineFormat, type RawColumn, type RawTable } from "../format.js";
import { fromDecimal, fromInt64 } from "../integers.js";
import { unpackLz4 } from "../lz4.js";
import { refuse } from "../refusals.js";
import { toMilliseconds, type EpochUnit } from "../stamps.js";
import { dayMs } from "../zone.js";

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  Array.from(text).every((letter, i) => bytes[i] === letter.charCodeAt(0));

/** Files begin and end with this; streams begin with the length of a message behind four bytes of ones. */
const magic = "ARROW1";
const isStream = (bytes: Uint8Array): boolean =>
  bytes.length > 8 && bytes.subarray(0, 4).every((byte) => byte === 0xff);

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
    if (isFile && !startsWith(bytes.subarray(-magic.length), magic))
      throw damaged(file, "its end is missing");
    const library = await import("apache-arrow");
    await registerCodecs(library);
    let table: Arrow.Table;
    try {
      if (isFile) checkFooter(bytes);
      table = library.tableFromIPC(bytes);
    } catch (cause) {
      throw damaged(file, textOfError(cause), cause);
    }
    return tableOfArrow(library, table, file);
  },
});

/** The columns of a table that is in memory already. */
export function tableOfArrow(library: typeof Arrow, table: Arrow.Table, file: string): RawTable {
  return {
    names: table.schema.fields.map((field) => field.name),
    rowWord: "row",
    symbol: table.schema.metadata.get("symbol"),
    notes: [],
    read: async (wanted) => {
      try {
        const length = table.numRows;
        const columns = wanted.map((index) => readVector(library, table.getChildAt(index), length));
        return { length, columns, line: (row) => row + 1, ragged: [] };
      } catch (cause) {
        throw damaged(file, textOfError(cause), cause);
      }
    },
  };
}

function damaged(file: string, reason: string, cause?: unknown): Error {
  const hint =
    "the file was not written or copied to its end, or is of another kind; fetch or write it again";
  return refuse("damaged", `${file}: this Arrow file cannot be read (${reason})`, hint, cause);
}

/**
 * Follows the lists at the end of a file, of dictionaries and of batches, to see that each entry leads to one. The
 * library looks for them again and again where that is not so, and never comes back.
 *
 * The footer is a FlatBuffers table with the lists in its fields 2 and 3; an entry has 24 bytes, and begins with the
 * place of a message, whose field 1 says what it is: 2 a dictionary, 3 a batch.
 *
 * @throws RangeError where something leads out of the file, or to something else
 */
function checkFooter(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tableAt = (at: number): number => at + view.getInt32(at, true);
  const fieldAt = (table: number, field: number): number => {
    const layout = table - view.getInt32(table, true);
    const entry = 4 + 2 * field;
    const offset = entry < view.getUint16(layout, true) ? view.getUint16(layout + entry, true) : 0;
    return offset === 0 ? 0 : table + offset;
  };

  const end = bytes.length - magic.length - 4;
  const footer = tableAt(end - view.getInt32(end, true));
  for (const kind of [2, 3]) {
    const field = fieldAt(footer, kind);
    if (field === 0) continue;
    const list = field + view.getUint32(field, true);
    const count = view.getUint32(list, true);
    for (let i = 0; i < count; i++) {
      const place = Number(view.getBigInt64(list + 4 + 24 * i, true));
      const isMarked = view.getUint32(place, true) === 0xffffffff; // files from before 2019 have no mark
      const type = fieldAt(tableAt(place + (isMarked ? 8 : 4)), 1);
      if (type === 0 || view.getUint8(type) !== kind)
        throw new RangeError(`batch ${i + 1} of ${count} is not there`);
    }
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

function readVector(library: typeof Arrow, vector: Vector | null, length: number): RawColumn {
  if (vector?.length !== length) throw cutOff();
  const { DataType, DateUnit, Precision, Type } = library;
  const { type } = vector;
  const isHalf = DataType.isFloat(type) && type.precision === Precision.HALF;
  if (DataType.isInt(type) || (DataType.isFloat(type) && !isHalf)) {
    return { kind: "numbers", values: numbersOf(vector, doubles) };
  }
  if (DataType.isDecimal(type)) {
    const values = numbersOf(vector, (words) => decimals(words, type.scale, type.bitWidth / 32));
    return { kind: "numbers", values };
  }
  if (DataType.isTimestamp(type)) {
    const values = toMilliseconds(numbersOf(vector, doubles), units[type.unit]);
    return { kind: "times", values, isZoned: (type.timezone ?? "") !== "" };
  }
  if (DataType.isDate(type)) {
    const numbers = numbersOf(vector, doubles);
    const values = type.unit === DateUnit.DAY ? numbers.map((day) => day * dayMs) : numbers;
    return { kind: "times", values, isZoned: false };
  }
  const isDictionary = DataType.isDictionary(type);
  const text: unknown = isDictionary ? type.dictionary : type;
  if (DataType.isUtf8(text) || DataType.isLargeUtf8(text)) {
    for (const { values, valueOffsets, length: claimed } of vector.data) {
      if ((isDictionary ? lengthOf(values) : lengthOf(valueOffsets) - 1) < claimed) throw cutOff();
    }
    const texts = Array.from(vector, (value: unknown) => (typeof value === "string" ? value : null));
    return { kind: "cells", cells: cellsOf(texts) };
  }
  return { kind: "other", type: Type[type.typeId] };
}

type Vector = Arrow.Vector<Arrow.DataType>;

/** A damaged file may claim any length. */
const cutOff = (): RangeError => new RangeError("a column is cut off");

/** In the order in which Arrow numbers its units. */
const units: readonly EpochUnit[] = ["s", "ms", "us", "ns"];

const arrays = [
  ...[Float64Array, Float32Array, BigInt64Array, BigUint64Array, Int32Array, Uint32Array],
  ...[Int16Array, Uint16Array, Int8Array, Uint8Array],
];
type Values = InstanceType<(typeof arrays)[number]>;

const isValues = (values: unknown): values is Values => arrays.some((array) => values instanceof array);

const lengthOf = (values: unknown): number => (isValues(values) ? values.length : 0);

/** The values of a vector, which may lie in several pieces; NaN where a value is absent. */
function numbersOf(vector: Vector, convert: (values: Values) => Float64Array): Float64Array {
  const pieces = vector.data.map((piece) => {
    const all: unknown = piece.values;
    const count = piece.length * piece.stride;
    if (!isValues(all) || all.length < count) throw cutOff();
    const values = convert(all.subarray(0, count));
    return piece.nullCount === 0 ? values : values.map((value, i) => (piece.getValid(i) ? value : NaN));
  });
  if (pieces.length === 1) return pieces[0];
  const joined = new Float64Array(vector.length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

function doubles(values: Values): Float64Array {
  if (values instanceof Float64Array) return values;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return fromInt64(values);
  return Float64Array.from(values);
}

/** Whole numbers of several words of 32 bits, the lowest first, the highest with the sign. */
function decimals(values: Values, scale: number, width: number): Float64Array {
  if (!(values instanceof Uint32Array)) throw new TypeError("decimals of an unknown width");
  const numbers = new Float64Array(values.length / width);
  for (let i = 0; i < numbers.length; i++) {
    let digits = 0n;
    for (let word = width - 1; word >= 0; word--) digits = (digits << 32n) | BigInt(values[i * width + word]);
    numbers[i] = fromDecimal(BigInt.asIntN(width * 32, digits), scale);
  }
  return numbers;
}
