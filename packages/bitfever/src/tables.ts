import type { BacktestResult } from "@bitfever/engine";

const tradeColumns = [
  "symbol",
  "side",
  "entryTime",
  "entryPrice",
  "exitTime",
  "exitPrice",
  "quantity",
  "profit",
  "commission",
  "entryTag",
  "exitReason",
  "exitTag",
] as const;

/** Rows as CSV: a cell is quoted when it has to be, an absent value is an empty cell. */
export function csv(header: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [header.map(cell).join(",")];
  for (const row of rows) lines.push(row.map(cell).join(","));
  return `${lines.join("\n")}\n`;
}

function cell(value: string | number | null): string {
  if (value === null || Number.isNaN(value)) return "";
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The trades; only those of a universe say what was traded. */
export function tradesCsv({ trades, data }: BacktestResult): string {
  const columns = tradeColumns.filter((name) => name !== "symbol" || data.symbols !== undefined);
  return csv(
    columns,
    trades.map((trade) => columns.map((name) => trade[name] ?? null)),
  );
}
