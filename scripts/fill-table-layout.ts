import type { FillRow, FillTable, FillTables } from "../test/conformance/fill-table.js";

/* The tables of fills are written by hand. So that a difference of two versions can be read, they stand like this. */

const inline = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, part]) => `${JSON.stringify(name)}: ${inline(part)}`)
    .join(", ")} }`;
};

const indented = (text: string): string => text.replaceAll(/^/gm, "  ");
const block = (open: string, parts: readonly string[], close: string): string =>
  parts.length === 0 ? `${open}${close}` : `${open}\n${indented(parts.join(",\n"))}\n${close}`;
const named = (name: string, text: string): string => `${JSON.stringify(name)}: ${text}`;

/** One on a line, but for one that is alone. */
const list = (values: readonly unknown[]): string =>
  values.length < 2 ? inline(values) : block("[", values.map(inline), "]");

function rowText(row: FillRow): string {
  const parts = Object.entries(row).map(([name, value]) => {
    if (name === "sent") return named(name, list(row.sent));
    if (name !== "expected") return named(name, inline(value));
    const told = Object.entries(row.expected);
    if (told.length === 1 && told[0][1].length < 2) return named(name, inline(value));
    return named(
      name,
      block(
        "{",
        told.map(([paths, lines]) => named(paths, list(lines))),
        "}",
      ),
    );
  });
  return block("{", parts, "}");
}

const tableText = ({ title, about, shows, rows }: FillTable): string =>
  block(
    "{",
    [
      named("title", inline(title)),
      named("about", inline(about)),
      named("shows", inline(shows)),
      named("rows", block("[", rows.map(rowText), "]")),
    ],
    "}",
  );

/** The file, a part on a line. */
export const fillTablesText = ({ $schema, about, tables }: FillTables): string =>
  `${block(
    "{",
    [
      named("$schema", inline($schema)),
      named("about", inline(about)),
      named("tables", block("[", tables.map(tableText), "]")),
    ],
    "}",
  )}\n`;
