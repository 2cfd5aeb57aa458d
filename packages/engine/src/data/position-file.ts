import { readNumbers } from "./numbers.js";
import { notANumber, readNamedTable } from "./named-table.js";

/** What a venue holds of a symbol, in units; below 0 for short. */
export interface ListedPosition {
  readonly symbol: string;
  readonly quantity: number;
}

const names = {
  symbol: ["symbol", "ticker", "instrument"],
  quantity: ["quantity", "qty", "position", "size", "units"],
} as const;

/**
 * Reads positions as a venue exports them: CSV with the columns `symbol` and `quantity` (signed units); of a symbol there may be
 * several rows.
 *
 * @throws BitFeverError BF5186 for a row that is none, with its line; BF4002, BF4005 and BF4006 for the file
 */
export async function readPositions(
  bytes: Uint8Array,
  { name: file }: { readonly name: string },
): Promise<readonly ListedPosition[]> {
  const table = await readNamedTable(bytes, {
    ...{ file, names, required: ["symbol", "quantity"], code: "BF5186", what: "positions" },
  });
  const cells = table.column("quantity");
  if (cells === undefined) return [];
  return Array.from(readNumbers(cells), (quantity, row) => {
    const symbol = table.text("symbol", row);
    if (symbol === "") throw table.wrong(row, "the symbol is missing", "write what is held in each row");
    const problem = notANumber("quantity", table.text("quantity", row), quantity);
    if (problem !== undefined)
      throw table.wrong(row, problem, "write a number with a point for the decimals, below 0 for short");
    return { symbol, quantity };
  });
}
