import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { resultPage } from "../benchmarks/result-page.js";
import { resultTable } from "../benchmarks/result-table.js";
import type { Result } from "../benchmarks/result.js";

const folder = fileURLToPath(new URL("../benchmarks/results/", import.meta.url));

/** What `npm run bench` has measured, by workload. */
const results = (): readonly Result[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort(new Intl.Collator("en", { numeric: true }).compare)
    .map((name) => JSON.parse(readFileSync(folder + name, "utf8")) as Result);

/** A page for each workload, by its file. */
export const benchmarkPages = (): readonly (readonly [name: string, text: string])[] =>
  results().map((result) => [`${result.workload}.md`, resultPage(result)]);

/** The table of all, for a page that sees the folder of results there. */
export const benchmarkTable = (folder: string): string => resultTable(results(), folder);
