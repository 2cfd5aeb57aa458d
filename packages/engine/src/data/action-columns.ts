import { BitFeverError } from "@bitfever/lang";
import type { CorporateAction } from "../actions/action.js";
import { oneStep } from "../fraction.js";
import { dividendNames, splitNames } from "./action-names.js";
import { readColumns } from "./columns.js";
import { gunzip, isGzip } from "./gunzip.js";
import { plainName } from "./names.js";
import { isAbsent } from "./numbers.js";
import { chooseFormat, type ReadOptions } from "./read-bars.js";
import { simplestWithin } from "./simplest.js";

/**
 * Reads the splits and dividends that a file of bars has in columns beside its prices: cash for each share, and new shares
 * for an old one, where 0, 1 and an empty cell are none.
 *
 * @throws BitFeverError BF5104 where there is no such column, BF5102 for a value that is none, and what `readBars` throws
 */
export async function readActionColumns(
  bytes: Uint8Array,
  options: ReadOptions,
): Promise<readonly CorporateAction[]> {
  const { name: file, zone = "UTC", dates } = options;
  const unpacked = isGzip(bytes) ? await gunzip(bytes, file) : bytes;
  const table = await chooseFormat(unpacked, options).open(unpacked, { file });
  const plain = table.names.map(plainName);
  const [dividendAt, splitAt] = [dividendNames, splitNames].map((known) =>
    plain.findIndex((each) => known.includes(each)),
  );
  if (dividendAt < 0 && splitAt < 0)
    throw new BitFeverError("BF5104", `${file}: there is no column of dividends or splits`, {
      hint: `such columns are called ${[...dividendNames, ...splitNames].join(", ")}; or give a file of actions`,
    });
  const also = [dividendAt, splitAt].filter((at) => at >= 0);
  const { columns, rows, more } = await readColumns(table, { file, zone, dates, also });
  const dividends = dividendAt < 0 ? undefined : more[0];
  const splits = splitAt < 0 ? undefined : more[more.length - 1];
  /** What a column says of a row; 0 where that is nothing. */
  const valueOf = (column: typeof dividends, row: number, name: string): number => {
    if (column === undefined) return 0;
    const value = column.values[row];
    const text = column.text(row);
    if (Number.isNaN(value) && isAbsent(text)) return 0;
    if (value >= 0 && value < Infinity) return value;
    throw new BitFeverError(
      "BF5102",
      `${file}, ${table.rowWord} ${rows.line(row)}: "${text}" is no ${name}`,
      {
        hint: "write 0 or nothing where there is none, and a number above 0 where there is one",
      },
    );
  };
  return Array.from(columns.time).flatMap((time, row): CorporateAction[] => {
    const split = valueOf(splits, row, "split");
    const amount = valueOf(dividends, row, "dividend");
    const isSplit = split !== 0 && split !== 1;
    if (Number.isNaN(time) || (!isSplit && amount === 0)) return [];
    const date = new Date(time).toISOString().slice(0, 10);
    // A third is written with six digits or more.
    const { numerator, denominator } = isSplit ? simplestWithin(split, split * 2e-6) : oneStep;
    return [
      ...(isSplit ? [{ kind: "split", date, newShares: numerator, oldShares: denominator } as const] : []),
      ...(amount === 0 ? [] : [{ kind: "dividend", date, amount } as const]),
    ];
  });
}
