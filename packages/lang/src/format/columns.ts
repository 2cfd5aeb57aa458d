import { flatWidth, pad, type Document } from "./document.js";

/** A statement, or the comments at the end of a block. */
export interface Item {
  readonly isAfterBlank: boolean;
  readonly comments: Document;
  /** More than one where they are columns that may be aligned with those of the neighbours. */
  readonly cells: readonly Document[];
}

/** Beyond this, columns are not aligned: one long name would push everything to the right. */
const widestColumns = 60;

/** The items with their columns aligned, those together that no empty line and no other statement divides. */
export function aligned(items: readonly Item[], block: symbol): readonly Document[] {
  const runs: Item[][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last === undefined || item.isAfterBlank || item.cells.length < 2 || last[0].cells.length < 2)
      runs.push([item]);
    else last.push(item);
  }
  return runs.flatMap((run) => {
    const widths = columnWidths(run);
    return run.map(({ comments, cells }) => [
      comments,
      cells.map((cell, i) => {
        if (i === 0) return cell;
        const blanks = widths === null ? 1 : widths[i - 1] - flatWidth(cells[i - 1]) + 1;
        return [pad(block, blanks), cell];
      }),
    ]);
  });
}

/** How wide all columns but the last are; null where they are not aligned. */
function columnWidths(run: readonly Item[]): readonly number[] | null {
  const widths: number[] = [];
  for (const { cells } of run)
    cells.slice(0, -1).forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, flatWidth(cell));
    });
  return widths.reduce((sum, each) => sum + each, 0) <= widestColumns ? widths : null;
}
