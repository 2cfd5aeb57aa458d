import type { Part, Result } from "./result.js";
import type { Measured } from "./workload.js";

/** A result as Markdown. */
export function resultPage(result: Result): string {
  const { workload, title, inside, node, processor, cores, commit, compiler, parts } = result;
  return [
    `# ${workload.toUpperCase()}: ${title}`,
    `Inside each figure: ${inside}.`,
    `Node ${node}, ${processor}, ${cores} cores, commit ${commit}${compiler === undefined ? "" : `; ${compiler}`}. ` +
      "Medians; `processor` is the time of all threads, which says more where the machine was busy.",
    ...parts.flatMap(partText),
  ].join("\n\n");
}

function partText({ title, sides }: Part): readonly string[] {
  const columns = columnsOf(sides).filter(({ cell }) => sides.some((each) => cell(each) !== ""));
  const rows = [columns.map(({ head }) => head), columns.map(() => "---")];
  for (const each of sides) rows.push(columns.map(({ cell }) => cell(each)));
  return [`## ${title}`, rows.map((row) => `| ${row.join(" | ")} |`).join("\n")];
}

interface Column {
  readonly head: string;
  readonly cell: (side: Measured) => string;
}

/** Those that say nothing are left out. */
function columnsOf(sides: readonly Measured[]): readonly Column[] {
  const base = sides.length > 1 ? sides[1] : undefined;
  const figures = [...new Set(sides.flatMap((each) => Object.keys(each.figures ?? {})))];
  return [
    { head: "", cell: ({ name }) => name },
    { head: "ms", cell: ({ ms }) => shown(ms) },
    { head: "processor, ms", cell: ({ processorMs }) => shown(processorMs) },
    { head: `× ${base?.name ?? ""}`, cell: (each) => (base === undefined ? "" : shown(ratio(each, base))) },
    { head: "best round, ms", cell: ({ bestMs }) => shown(bestMs) },
    { head: "first run, ms", cell: ({ firstMs }) => shown(firstMs) },
    ...figures.map((head): Column => ({ head, cell: (each) => shown(each.figures?.[head]) })),
    { head: "rounds", cell: ({ rounds }) => String(rounds) },
    { head: "remarks", cell: remark },
  ];
}

/** Of the processor's time where it is known: it is the same on a machine that is busy with something else. */
export function ratio(side: Measured, base: Measured): number | null {
  if (side.processorMs !== null && base.processorMs !== null) return side.processorMs / base.processorMs;
  return clockRatio(side, base);
}

export const clockRatio = (side: Measured, base: Measured): number | null =>
  side.ms === null || base.ms === null ? null : side.ms / base.ms;

const remark = ({ agreement, differs, lacks }: Measured): string =>
  [
    agreement === undefined || agreement.all === 0
      ? ""
      : `${agreement.same} of ${agreement.all} trades the same`,
    differs ?? "",
    lacks === undefined ? "" : `lacks ${lacks}`,
  ]
    .filter((each) => each !== "")
    .join("; ");

/** Three digits that count. */
export const shown = (value: number | null | undefined): string =>
  value === null || value === undefined
    ? ""
    : value.toFixed(value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0);
