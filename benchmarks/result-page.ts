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
  const [, byHand] = sides;
  const rows = sides.map((each) =>
    [
      each.name,
      ms(each.ms),
      ms(each.processorMs),
      ratio(each.processorMs / byHand.processorMs),
      ms(each.firstMs),
      String(each.rounds),
      remark(each),
    ].join(" | "),
  );
  const head = ["", "ms", "processor, ms", `× ${byHand.name}`, "first run, ms", "rounds", "trades"];
  return [
    `## ${title}`,
    [head.join(" | "), head.map(() => "---").join(" | "), ...rows].map((row) => `| ${row} |`).join("\n"),
  ];
}

const remark = ({ agreement, differs, lacks }: Measured): string =>
  [
    agreement === undefined ? "" : `${agreement.same} of ${agreement.all} the same`,
    differs ?? "",
    lacks === undefined ? "" : `lacks ${lacks}`,
  ]
    .filter((each) => each !== "")
    .join("; ");

const ms = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
const ratio = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
