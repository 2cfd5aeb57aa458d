import type { FrameColumns } from "../../frames/data-frame.js";
import { columnsOf, type Cell, type Columns } from "../../frames/tabular.js";
import { absent, formatNumber, formatPlain } from "../../report/format.js";
import { has } from "../../has.js";
import { shownTable, type ShownColumn } from "../table.js";
import { defineView, htmlPart, rowsShown } from "../view.js";

/** Rows of any kind: trades, trials, a data frame. */
export const rows = defineView({
  name: "rows or a data frame",
  recognise: (value): value is readonly object[] | FrameColumns =>
    isFrame(value) ||
    (Array.isArray(value) && value.every((each) => typeof each === "object" && each !== null)),
  parts: (value, options) => {
    const columns = isFrame(value) ? columnsOfFrame(value) : columnsOf(value);
    const length = columns.values().next().value?.length ?? 0;
    const shown = Math.min(length, rowsShown(options));
    const places = Array.from({ length: shown }, (_, i) => i);
    const table = shownTable(
      shown < length
        ? `The first ${formatNumber(shown, 0)} of ${formatNumber(length, 0)} rows`
        : `${formatNumber(length, 0)} ${length === 1 ? "row" : "rows"}`,
      places,
      [...columns].map(([title, cells]): ShownColumn<number> => {
        const isNumber = cells.every((cell) => cell === null || typeof cell === "number");
        const isDays = cells.every((cell) => cell === null || midnight.test(String(cell)));
        return {
          ...{ title, isNumber },
          cell: (place) => (isDays ? cellText(cells[place]).slice(0, 10) : cellText(cells[place])),
        };
      }),
    );
    return [htmlPart(table)];
  },
});

/** A time of day that need not be told, where all of a column have it. */
const midnight = /^\d{4}-\d{2}-\d{2}T00:00:00(?:\.000)?Z$/;

const isFrame = (value: unknown): value is FrameColumns =>
  has(value, "columns") &&
  Array.isArray(value.columns) &&
  has(value, "column") &&
  typeof value.column === "function";

const columnsOfFrame = (frame: FrameColumns): Columns =>
  new Map(frame.columns.map((name) => [name, Array.from(frame.column(name).values as ArrayLike<Cell>)]));

/** Numbers to six digits; whole ones as they are. */
function cellText(cell: Cell | undefined): string {
  if (typeof cell !== "number") return cell === null || cell === undefined ? absent : String(cell);
  return formatPlain(Number.isInteger(cell) ? cell : Number(cell.toPrecision(6)));
}
