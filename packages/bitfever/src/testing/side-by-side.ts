import { textTable } from "./text-table.js";

/** Two lists side by side, with a mark where they differ; of long lists, what is around the first difference. */
export function sideBySide(
  headers: readonly [string, string],
  left: readonly string[],
  right: readonly string[],
  differs: (i: number) => boolean,
): string {
  const length = Math.max(left.length, right.length);
  const places = Array.from({ length }, (_, i) => i);
  const first = Math.max(0, places.findIndex(differs));
  const from = length <= mostRows ? 0 : Math.max(0, first - 3);
  const to = Math.min(length, from + mostRows);
  const rows = places
    .slice(from, to)
    .map((i) => [differs(i) ? "≠" : " ", left[i] ?? "nothing", right[i] ?? "nothing"]);
  const cut = [
    ...(from > 0 ? [`  … ${from} before`] : []),
    ...(to < length ? [`  … ${length - to} more`] : []),
  ];
  return [textTable([[" ", ...headers], ...rows]), ...cut].join("\n");
}

const mostRows = 8;
