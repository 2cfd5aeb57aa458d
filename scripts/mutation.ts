import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./mutation/bundle.js";
import { mutate, type Mutant } from "./mutation/mutants.js";
import { Trial, type Outcome } from "./mutation/trial.js";

/*
 * `npm run mutation [file…]`: breaks matching, ledger and costs in many small ways, one at a time, and sees whether a
 * test fails. What no test notices is either a test that is missing or a change that means the same; the latter stand with
 * their reason in mutation/survivors.json. Ends with 1 where a survivor has no reason, or a reason no survivor.
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const engine = "packages/engine/src/";

/** The definitions in a folder of the engine. */
const definitionsIn = (folder: string): readonly string[] =>
  readdirSync(join(root, engine, folder))
    .filter((each) => !each.endsWith(".generated.ts"))
    .sort()
    .map((each) => `${folder}/${each}`);

const files = [
  ...["matching", "working-orders", "venue-account", "holding", "ledger", "costs", "affordable"],
  ...["fill-rules", "signed-share", "offset", "trail", "path", "portion", "purse", "turnover"],
  ...["order-type", "commission", "carry", "slippage"],
]
  .map((each) => `${each}.ts`)
  .concat(["orders", "commissions", "carries", "slippages"].flatMap(definitionsIn));

const execution = [
  ...[
    "fill-tables",
    "cost-models",
    "carry",
    "magnifier",
    "turnover",
    "holding",
    "matching-rules",
    "venue-account",
    "path",
    "trail",
    "working-orders",
    "costs",
    "affordable",
    "order-types",
    "hedging",
    "rates",
    "dated-steps",
    "till",
    "order-life",
    "split",
  ],
  ...["ledger", "matching", "invariance", "reference-ledger"],
];
const tests = [
  ...execution.map((each) => `packages/engine/test/execution/${each}.test.ts`),
  ...["rules", "external-flows"].map((each) => `packages/runtime/test/${each}.test.ts`),
  ...["corporate-actions", "orders-log"].map((each) => `packages/bitfever/test/${each}.test.ts`),
];

/** A survivor that is no fault of the tests. */
interface Explained extends Pick<Mutant, "file" | "within" | "original" | "mutant"> {
  readonly reason: string;
}

const keyOf = ({ file, within, original, mutant }: Omit<Explained, "reason">): string =>
  [file, within, original, mutant].join(" | ");

const given = process.argv.slice(2);
/** By its whole path, from `src` on, or by its name. */
const isMeant = (file: string): boolean =>
  given.some((one) => `/${one}`.endsWith(`/${file}`) || `/${file}`.endsWith(`/${one}`));
const chosen = given.length === 0 ? files : files.filter(isMeant);
if (chosen.length === 0)
  throw new Error(`nothing to mutate among ${given.join(", ")}; there are ${files.join(", ")}`);

const explained = (
  JSON.parse(readFileSync(join(root, "scripts/mutation/survivors.json"), "utf8")) as readonly Explained[]
).filter(({ file }) => chosen.includes(file));

const mutants: Mutant[] = [];
const sources = new Map<string, string>();
for (const file of chosen) {
  const path = join(root, engine, file);
  const { mutants: its, instrumented } = mutate(file, readFileSync(path, "utf8"), mutants.length);
  mutants.push(...its);
  sources.set(path, instrumented);
}

const folder = mkdtempSync(join(tmpdir(), "bitfever-mutation-"));
try {
  const program = join(folder, "tests.mjs");
  await bundle(tests, sources, program);
  const trial = await Trial.on(program, (line) => console.log(line));
  const outcomes = await trial.of(mutants);
  process.exitCode = report(outcomes);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(outcomes: ReadonlyMap<Mutant, Outcome>): number {
  const reasons = new Map(explained.map((each) => [keyOf(each), each.reason]));
  const used = new Set<string>();
  let isFine = true;
  for (const file of chosen) {
    const its = mutants.filter((each) => each.file === file);
    const survivors = its.filter((each) => outcomes.get(each)?.kind === "survived");
    console.log(`${file}: ${percent(its.length - survivors.length, its.length)} of ${its.length} killed`);
    for (const each of survivors) {
      const key = keyOf(each);
      const reason = reasons.get(key);
      used.add(key);
      if (reason === undefined) isFine = false;
      const outcome = outcomes.get(each);
      const isMet = outcome?.kind === "survived" && outcome.isMet;
      const place = `${basename(each.file)}:${each.line} in ${each.within}`;
      const note = reason ?? (isMet ? "NO REASON" : "NO REASON, no test meets it");
      console.log(`  ${place}\n    ${each.original}\n    ${each.mutant}\n    ${note}`);
    }
  }
  for (const each of explained)
    if (!used.has(keyOf(each))) {
      isFine = false;
      console.log(`A reason without a survivor: ${keyOf(each)}`);
    }
  const killed = [...outcomes.values()].filter(({ kind }) => kind === "killed").length;
  console.log(`${percent(killed, mutants.length)} of ${mutants.length} mutants killed`);
  return isFine ? 0 : 1;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "100%" : `${((part / whole) * 100).toFixed(1)}%`;
}
