import { readFileSync } from "node:fs";

/** How a name of another language is covered here. Of the spellings there is one, or none where it is absent. */
export interface CoveredName {
  readonly name: string;
  readonly status: "same" | "different on purpose" | "absent on purpose";
  /** A value, as it is written in a program. */
  readonly expression?: string;
  /** Declarations of a strategy. */
  readonly declaration?: string;
  /** A setting of the run, `name=value`. */
  readonly setting?: string;
  /** A metric of the result. */
  readonly metric?: string;
  /** A field of every trade of the result. */
  readonly trade?: string;
  readonly note?: string;
}

export const pineCoverage = (): readonly CoveredName[] =>
  JSON.parse(readFileSync(new URL("../docs/coverage/pine.json", import.meta.url), "utf8")) as CoveredName[];

const groups = [
  { title: "ta", holds: (name: string) => name.startsWith("ta.") },
  { title: "math", holds: (name: string) => name.startsWith("math.") },
  { title: "strategy", holds: (name: string) => name.startsWith("strategy.") },
  { title: "The settings of strategy()", holds: (name: string) => name.startsWith("strategy(") },
];

/** `docs/coverage/pine.md`, as Markdown that the formatter has still to align. */
export function coveragePage(): string {
  const rows = pineCoverage();
  const count = (status: CoveredName["status"]): number =>
    rows.filter((each) => each.status === status).length;
  const sections = groups.flatMap(({ title, holds }) => [
    `## ${title}`,
    [
      "| In Pine | Here | Is | Note |",
      "| --- | --- | --- | --- |",
      ...rows
        .filter(({ name }) => holds(name))
        .map((each) => `| \`${each.name}\` | ${spelling(each)} | ${each.status} | ${each.note ?? ""} |`),
    ].join("\n"),
  ]);
  return [
    "# Pine's names",
    `Every name of Pine's \`ta\`, \`math\` and \`strategy\`, and what it is here: ${count("same")} are the same, ` +
      `${count("different on purpose")} are different on purpose and ${count("absent on purpose")} are absent on purpose. ` +
      "The same means the same values, whatever the spelling. [The tour](../coming-from/pine.md) shows whole lines.",
    ...sections,
  ].join("\n\n");
}

function spelling({ expression, declaration, setting, metric, trade }: CoveredName): string {
  const code = expression ?? declaration;
  if (code !== undefined) return `\`${code}\``;
  if (setting !== undefined) return `\`--set ${setting}\``;
  if (metric !== undefined) return `\`${metric}\` among the metrics`;
  return trade === undefined ? "–" : `\`${trade}\` of a trade`;
}
