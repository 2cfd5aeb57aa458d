import type { Table } from "apache-arrow";
import type { Bars } from "../bars.js";

/**
 * Bars as an Arrow table: `time` as timestamps of UTC (milliseconds, or microseconds where bars need them), the other
 * columns as 64-bit floats that share memory with the bars. The symbol is in the metadata of the schema.
 *
 * The library is loaded when first called; that takes a tenth of a second, which programs that use no Arrow need not pay.
 */
export async function toArrow(bars: Bars): Promise<Table> {
  const {
    Field,
    Float64,
    makeData,
    RecordBatch,
    Schema,
    Struct,
    Table,
    TimestampMicrosecond,
    TimestampMillisecond,
  } = await import("apache-arrow");
  const isWhole = bars.time.every((time) => Number.isInteger(time));
  const timeType = isWhole ? new TimestampMillisecond("UTC") : new TimestampMicrosecond("UTC");
  const time = BigInt64Array.from(bars.time, (each) => BigInt(Math.round(isWhole ? each : each * 1000)));
  const values = { open: bars.open, high: bars.high, low: bars.low, close: bars.close, volume: bars.volume };

  const fields = [
    new Field("time", timeType, false),
    ...Object.keys(values).map((name) => new Field(name, new Float64(), false)),
  ];
  const children = [
    makeData({ type: timeType, data: time }),
    ...Object.values(values).map((data) => makeData({ type: new Float64(), data })),
  ];
  const schema = new Schema(fields, new Map([["symbol", bars.symbol]]));
  const data = makeData({ type: new Struct(fields), length: bars.length, nullCount: 0, children });
  return new Table(schema, new RecordBatch(schema, data));
}

/** Bars as the bytes of an Arrow IPC file, uncompressed: reading them again copies no prices. */
export async function writeArrow(bars: Bars): Promise<Uint8Array> {
  const [{ tableToIPC }, table] = await Promise.all([import("apache-arrow"), toArrow(bars)]);
  return tableToIPC(table, "file");
}
