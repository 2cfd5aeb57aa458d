import { basename } from "node:path";
import type { BacktestResult } from "@bitfever/engine";
import { Command } from "commander";
import { compareResults } from "../../comparison/compare.js";
import { comparisonHtml } from "../../comparison/html.js";
import { comparisonMarkdown } from "../../comparison/markdown.js";
import { comparisonText } from "../comparison-text.js";
import { readResult, writeWhole } from "../../files.js";
import { jsonText } from "../../json-text.js";
import { version } from "../../version.js";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { summaryMetrics } from "../summary.js";

interface Flags {
  readonly report?: string;
  readonly markdown?: string;
  readonly json?: string;
}

/** `bf compare`: results side by side. */
export function compareCommand(io: Io, done: (code: ExitCode) => void): Command {
  return new Command("compare")
    .summary("Compare results of backtests")
    .description(
      "Compare results of backtests, as `bf backtest --json` writes them: metrics side by side, and what differs in " +
        "program, data, parameters and settings. The first is what the others are compared with.",
    )
    .argument("<first>", "a result, a .json file")
    .argument("<others...>", "one or more results to compare with it")
    .option("--report <path>", "write an HTML page that opens offline, with the accounts over one another")
    .option("--markdown <path>", "write it as Markdown, for a comment; - for stdout")
    .option("--json <path>", "write it as JSON, with every metric; - for stdout")
    .action(async (first: string, others: string[], flags: Flags) => {
      const paths = [first, ...others];
      const results = await Promise.all(paths.map(readResult));
      const comparison = compareResults(results, namesOf(paths, results));
      const files: [string | undefined, () => string][] = [
        [flags.json, () => jsonText(comparison)],
        [flags.markdown, () => comparisonMarkdown(comparison, summaryMetrics)],
        [flags.report, () => comparisonHtml(comparison, results, `BitFever ${version}`)],
      ];
      const wanted = files.flatMap(([path, text]) => (path === undefined ? [] : [{ path, text }]));
      for (const { path, text } of wanted) {
        if (path === "-") io.out(text());
        else await writeWhole(path, text());
      }
      // What is for machines stands alone on stdout.
      const tell = wanted.some(({ path }) => path === "-") ? io.err : io.out;
      tell(comparisonText(io, comparison, summaryMetrics));
      for (const { path } of wanted) if (path !== "-") tell(`wrote ${path}\n`);
      done(exitCodes.fine);
    });
}

/** By their files, or by their programs where files of several folders have one name; numbered where neither tells. */
function namesOf(paths: readonly string[], results: readonly BacktestResult[]): readonly string[] {
  const isTelling = (names: readonly string[]): boolean => new Set(names).size === names.length;
  const files = paths.map((path) => basename(path).replace(/\.json$/, ""));
  if (isTelling(files)) return files;
  const programs = results.map(({ program }) => program.name);
  return isTelling(programs) ? programs : files.map((name, i) => `${name} ${i + 1}`);
}
