import type { Comparison, Difference } from "./comparison.js";

/** A line for each list, and under it the first difference and its reason, where there are any. */
export function boardOf(
  scores: ReadonlyMap<string, Comparison>,
  reasons: Readonly<Record<string, string>>,
): string {
  const widths = [52, 8, 8, 9, 0];
  const row = (...cells: readonly (string | number)[]): string =>
    cells.map((cell, i) => String(cell).padEnd(widths[i])).join("");
  const reasonOf = (name: string): string[] => (name in reasons ? [`    because ${reasons[name]}`] : []);
  const compared = [...scores].map(([name, { theirs, ours, equalEntries, equalTrades, first }]) => [
    row(name, theirs, ours, equalEntries, equalTrades),
    ...(first === null ? [] : differenceOf(first)),
    ...reasonOf(name),
  ]);
  const agreeing = [...scores.values()].filter(({ first }) => first === null).length;
  const missing = Object.keys(reasons).filter((name) => !scores.has(name));
  return [
    [row("", "theirs", "ours", "entries", "trades")],
    ...compared,
    ...missing.map((name) => [name, ...reasonOf(name)]),
    [`${agreeing} of ${compared.length + missing.length} agree`],
  ]
    .flat()
    .join("\n");
}

const differenceOf = ({ kind, theirs, ours }: Difference): string[] => [
  `    first by its ${kind}`,
  `      theirs ${theirs ?? "nothing"}`,
  `      ours   ${ours ?? "nothing"}`,
];
