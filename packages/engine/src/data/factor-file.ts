import type { CorporateAction } from "../actions/action.js";
import type { ActionColumn } from "./action-table.js";
import type { NamedTable } from "./named-table.js";
import { readNumbers } from "./numbers.js";
import { simplestWithin } from "./simplest.js";
import { dayMs } from "./zone.js";

/**
 * Factors for the prices up to and with each date, as the splits and dividends between them.
 *
 * Where the split factor of a date is a part of the next, a split begins on the day after. Where the price factor is, a
 * dividend does: the same part of the close of that date, the reference price, is left. Factors are written with few
 * digits, so what they say is a range; of the ratios in it the one of the smallest numbers is taken, and of the
 * dividends the one with the fewest decimals.
 */
export function factorActions(
  table: NamedTable<ActionColumn>,
  dates: readonly string[],
): readonly CorporateAction[] {
  const [price, split, reference] = (["price_factor", "split_factor", "reference_price"] as const).map(
    (name) => numbersOf(table, name),
  );
  const actions: CorporateAction[] = [];
  for (let row = 1; row < dates.length; row++) {
    const before = row - 1;
    if (dates[row] <= dates[before])
      throw table.wrong(
        row,
        `${dates[row]} does not come after the date before`,
        "sort the rows, oldest first",
      );
    const date = dayAfter(dates[before]);
    const isSplit = split.values[row] !== split.values[before];
    if (isSplit) {
      const ratio = split.values[row] / split.values[before];
      const doubt = ratio * (split.doubt(row) + split.doubt(before));
      const { numerator, denominator } = ratioWithin(ratio, doubt);
      actions.push({ kind: "split", date, newShares: numerator, oldShares: denominator });
    }
    if (price.values[row] === price.values[before]) continue;
    const left = price.values[before] / price.values[row];
    const close = reference.values[before];
    if (!(left < 1) || !(close > 0))
      throw table.wrong(
        before,
        `a price factor of ${price.values[before]} before one of ${price.values[row]} is no dividend`,
        "factors rise with the dates, and the row of a dividend has the close of its date as reference_price",
      );
    // The reference price is a close as it was traded, before a split of the same date.
    const shares = isSplit ? split.values[before] / split.values[row] : 1;
    const amount = close * shares * (1 - left);
    const doubt = close * shares * left * (price.doubt(row) + price.doubt(before));
    actions.push({ kind: "dividend", date, amount: roundestWithin(amount, doubt) });
  }
  return actions;
}

export const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00Z`) + dayMs).toISOString().slice(0, 10);

interface Factors {
  readonly values: Float64Array;
  /** How far a value may be from what was meant, as a share of it: half a step of the last digit that is written. */
  readonly doubt: (row: number) => number;
}

function numbersOf(table: NamedTable<ActionColumn>, name: ActionColumn): Factors {
  const cells = table.column(name);
  if (cells === undefined)
    throw table.wrongColumns(
      `there is no column for ${name}`,
      "factors have the columns date,price_factor,split_factor,reference_price",
    );
  const values = readNumbers(cells);
  values.forEach((value, row) => {
    const isPossible = name === "reference_price" ? value >= 0 : value > 0;
    if (!isPossible || !Number.isFinite(value))
      throw table.wrong(
        row,
        `the ${name} "${table.text(name, row)}" is no positive number`,
        "write it as 0.8613657",
      );
  });
  // Zeros at the end of a number are left out at times: of all rows the longest says how many digits there are, and of
  // 8 and 1 it is clear.
  const decimals = Math.max(
    7,

    ...Array.from(values, (_, row) => (table.text(name, row).split(".")[1] ?? "").length),
  );
  return { values, doubt: (row) => 10 ** -decimals / 2 / values[row] };
}

/**
 * Factors are multiplied up and cut more than once, so that 7 for 1 comes out as 7.000004: a ratio of small numbers is
 * meant where one is so near. Else what the digits say.
 */
function ratioWithin(ratio: number, doubt: number): ReturnType<typeof simplestWithin> {
  const simple = simplestWithin(ratio, ratio * 1e-5);
  return simple.numerator * simple.denominator <= 1_000 ? simple : simplestWithin(ratio, doubt);
}

/** Of the numbers so near to a value the one with the fewest decimals. */
function roundestWithin(value: number, doubt: number): number {
  for (let decimals = 0; decimals < 12; decimals++) {
    const rounded = Number(value.toFixed(decimals));
    if (rounded > 0 && Math.abs(rounded - value) <= doubt) return rounded;
  }
  return value;
}
