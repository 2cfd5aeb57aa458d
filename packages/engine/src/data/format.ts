import type { Cells } from "./cells.js";

/** A column as a format has it, before anyone says what it means. */
export type RawColumn =
  /** Text, as it lies in the file. */
  | { readonly kind: "cells"; readonly cells: Cells }
  /** NaN where the source has no value. */
  | { readonly kind: "numbers"; readonly values: Float64Array }
  /** Typed times in milliseconds since 1970: of UTC when `isZoned`, else readings of a clock somewhere. NaN where absent. */
  | { readonly kind: "times"; readonly values: Float64Array; readonly isZoned: boolean }
  /** Something a bar cannot be made of. */
  | { readonly kind: "other"; readonly type: string };

/** The rows of a table, as the columns that were asked for. */
export interface RawRows {
  readonly length: number;
  /** In the order asked for. */
  readonly columns: readonly RawColumn[];
  /** Where a row stands, counted from 1: the line of a text file, else the row. */
  readonly line: (row: number) => number;
  /** Rows whose number of cells is not the header's; they are in no column. */
  readonly ragged: readonly { readonly line: number; readonly cells: number }[];
}

/** A file that has been opened: its columns are known, its rows not yet read. */
export interface RawTable {
  readonly names: readonly string[];
  /** What people call the place of a row in this format. */
  readonly rowWord: "line" | "row";
  /** The instrument, where the file says it. */
  readonly symbol?: string | undefined;
  /** What a reader may want to know about how the file was read, in words. */
  readonly notes: readonly string[];
  readonly read: (wanted: readonly number[]) => Promise<RawRows>;
}

/** A kind of file that bars come in. */
export interface Format<Name extends string = string> {
  readonly name: Name;
  readonly title: string;
  /** Ends of file names, without the dot. */
  readonly extensions: readonly string[];
  /** Whether the first bytes are this format's, and no other's. */
  readonly recognise: (bytes: Uint8Array) => boolean;
  /** @throws BitFeverError BF4002 to BF4005 for what is empty, damaged, or written in a way that is not read */
  readonly open: (bytes: Uint8Array, options: { readonly file: string }) => Promise<RawTable>;
}

export const defineFormat = <Name extends string>(format: Format<Name>): Format<Name> => format;
