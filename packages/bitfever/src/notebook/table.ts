import { html, nothing, type Markup } from "../report/html.js";

/** A column of a table that people read. */
export interface ShownColumn<Row> {
  readonly title: string;
  readonly isNumber?: boolean;
  /** What it says of a row, and the class that colours it. */
  readonly cell: (row: Row, place: number) => string | readonly [text: string, tone: string];
}

/** Rows below one another; the first column names them. */
export function shownTable<Row>(
  caption: string,
  rows: readonly Row[],
  columns: readonly ShownColumn<Row>[],
): Markup {
  const kind = ({ isNumber = false }: ShownColumn<Row>, tone = ""): string =>
    [isNumber ? "number" : "", tone].filter((each) => each !== "").join(" ");
  const row = (of: Row, place: number): Markup =>
    html`<tr class="bf-row">
      ${columns.map((column) => {
        const said = column.cell(of, place);
        const [text, tone] = typeof said === "string" ? [said, ""] : said;
        return html`<td class="${kind(column, tone)}">${text}</td>`;
      })}
    </tr>`;
  return html`<div class="scroll">
    <table>
      ${
        caption === ""
          ? nothing
          : html`<caption>
              ${caption}
            </caption>`
      }
      <thead>
        <tr class="bf-row">
          ${columns.map((column) => html`<th scope="col" class="${kind(column)}">${column.title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(row)}
      </tbody>
    </table>
  </div>`;
}

interface Tile {
  readonly label: string;
  readonly text: string;
  readonly tone?: string;
  readonly beside?: string;
}

/** Numbers side by side, each below its name; a table, so that they stay apart where the style is taken out. */
export function tiles(of: readonly Tile[]): Markup {
  const across = of.length > 6 ? Math.ceil(of.length / 2) : of.length;
  const rows = Array.from({ length: Math.ceil(of.length / across) }, (_, i) =>
    of.slice(i * across, (i + 1) * across),
  );
  return html`<table class="bf-tiles">
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr class="bf-row">
            ${row.map(tile)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const tile = ({ label, text, tone = "", beside }: Tile): Markup =>
  html`<td>
    <span>${label}</span><br /><strong class="${tone}">${text}</strong>${
      beside === undefined ? nothing : html`<br /><span>${beside}</span>`
    }
  </td>`;
