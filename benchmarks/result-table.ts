import { clockRatio, ratio, shown } from "./result-page.js";
import type { Result } from "./result.js";
import type { Measured } from "./workload.js";

/**
 * The results on one table, each with its longest history: what ours takes, and how much that is of what others take.
 *
 * @param folder  the pages of the results, seen from where the table stands
 */
export function resultTable(results: readonly Result[], folder: string): string {
  // Where ours is not there yet there is nothing to say.
  const told = results.filter(({ parts }) => parts[0].sides[0].name.startsWith("BitFever"));
  const rows = told.map((result) => {
    const part = result.parts[result.parts.length - 1];
    const [ours, ...rest] = part.sides.map((each) => withFigures(each, result.headline));
    // What takes more of the machine than one of its processors is compared on the page of the workload.
    const others = rest.filter(
      ({ name, figures }) =>
        figures !== undefined || !(name.startsWith("BitFever") || name.endsWith("processes")),
    );
    const name = `[${result.workload.toUpperCase()}](${folder}/${result.workload}.md): ${result.title}`;
    return [`${name}; ${part.title}`, taken(ours), others.map((each) => beside(ours, each)).join("; ")];
  });
  const made = [
    ...new Set(told.map(({ node, processor, cores }) => `Node ${node}, ${processor}, ${cores} cores`)),
  ];
  return [
    [["workload", "BitFever", "beside"], ["---", "---", "---"], ...rows]
      .map((row) => `| ${row.join(" | ")} |`)
      .join("\n"),
    `Times are those of the processor, of all threads, and in brackets by the clock; where there is one time, it is by the clock. Ratios were taken in one run. ${made.join("; ")}.`,
  ].join("\n\n");
}

/** With no other figures than those. */
const withFigures = (side: Measured, names: readonly string[] | undefined): Measured =>
  side.figures === undefined || names === undefined
    ? side
    : {
        ...side,
        figures: Object.fromEntries(Object.entries(side.figures).filter(([name]) => names.includes(name))),
      };

function taken(side: Measured): string {
  const figures = Object.entries(side.figures ?? {}).map(([name, value]) => `${name}: ${shown(value)}`);
  if (figures.length > 0) return figures.join(", ");
  const { ms, processorMs } = side;
  return processorMs === null ? `${shown(ms)} ms` : `${shown(processorMs)} ms${inBrackets(ms)}`;
}

function beside(ours: Measured, other: Measured): string {
  const times = ratio(ours, other);
  if (times === null) return `${other.name}: ${taken(other)}`;
  const isOfProcessor = ours.processorMs !== null && other.processorMs !== null;
  const byClock = isOfProcessor ? clockRatio(ours, other) : null;
  return times >= 1
    ? `${shown(times)}${inBrackets(byClock)} × ${other.name}`
    : `${shown(1 / times)}${inBrackets(byClock && 1 / byClock)} times faster than ${other.name}`;
}

const inBrackets = (value: number | null): string => (value === null ? "" : ` (${shown(value)})`);
