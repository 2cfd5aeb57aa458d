import type { CorporateAction } from "../actions/action.js";
import type { ActionColumn } from "./action-table.js";
import { dayAfter } from "./factor-file.js";
import type { NamedTable } from "./named-table.js";

/** Tickers up to and with each date, as changes of them; they are written in capitals. */
export function mapActions(
  table: NamedTable<ActionColumn>,
  dates: readonly string[],
): readonly CorporateAction[] {
  const actions: CorporateAction[] = [];
  let last = "";
  dates.forEach((date, row) => {
    const symbol = table.text("mapped_ticker", row).toUpperCase();
    if (symbol === "")
      throw table.wrong(row, "there is no ticker", "write the ticker that was used up to the date");
    if (row > 0 && date <= dates[row - 1])
      throw table.wrong(row, `${date} does not come after the date before`, "sort the rows, oldest first");
    // The first row says when the history begins.
    if (symbol !== last)
      actions.push({ kind: "symbol", date: row === 0 ? date : dayAfter(dates[row - 1]), symbol });
    last = symbol;
  });
  return actions;
}
