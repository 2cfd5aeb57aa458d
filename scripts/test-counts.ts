import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { messages } from "@bitfever/lang";
import { metrics } from "@bitfever/engine";
import { indicators } from "../packages/engine/src/indicators/index.generated.js";
import { readFillTables } from "../test/conformance/fill-table.js";
import { table } from "./markdown.js";

/** What `npm test -- --keep` leaves of a whole run in which nothing failed. */
interface KeptRun {
  readonly passed: number;
  readonly skipped: number;
  readonly files: number;
  readonly node: string;
  readonly commit: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const text = (path: string): string => readFileSync(root + path, "utf8");

/** How much there is of what tests go by, counted, and what the last run that was kept came to. */
export function testCounts(): string {
  const files = readdirSync(`${root}conformance`).filter((name) => name.endsWith(".json"));
  const cases = files.flatMap(
    (name) => (JSON.parse(text(`conformance/${name}`)) as { cases?: readonly unknown[] }).cases ?? [],
  );
  const rules = new Set(text("docs/language.md").match(/\[L-[A-Z]+-\d+\]/g));
  const rows = readFillTables().tables.flatMap((each) => each.rows);
  const recipes = readdirSync(`${root}docs/cookbook`)
    .filter((name) => name !== "README.md")
    .flatMap((name) => text(`docs/cookbook/${name}`).match(/^## /gm) ?? []);
  const survivors = JSON.parse(text("scripts/mutation/survivors.json")) as readonly unknown[];
  const counted: readonly (readonly [what: string, count: number])[] = [
    [`cases of the conformance suite, for ${rules.size} rules of the language`, cases.length],
    ["rows of the tables of fills", rows.length],
    ["diagnostics with a wrong and a right program", Object.keys(messages).length],
    ["indicators under one suite of laws", indicators.length],
    ["metrics with a case worked out by hand", metrics.size],
    ["recipes of the cookbook", recipes.length],
    ["mutants that survive with a reason why they mean the same", survivors.length],
    ...keptRun(),
  ];
  return table(
    ["what", "how many"],
    counted.map(([what, count]) => [what, count.toLocaleString("en")]),
  );
}

function keptRun(): readonly (readonly [what: string, count: number])[] {
  if (!existsSync(`${root}test/last-run.json`)) return [];
  const { passed, skipped, files, node, commit } = JSON.parse(text("test/last-run.json")) as KeptRun;
  return [
    [`tests that passed in the last run that was kept (${files} files, Node ${node}, ${commit})`, passed],
    ["tests that were skipped in it, each with a word why", skipped],
  ];
}
