import { Command } from "commander";
import { jsonText } from "../../json-text.js";
import { backtestPortfolio, type Portfolio } from "../../portfolio/portfolio.js";
import { portfolioHtml, portfolioMarkdown } from "../../report.js";
import { csv } from "../../tables.js";
import { shownProgram } from "../checked-program.js";
import { noteDefects } from "../data-notes.js";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { wholeFrom } from "../options.js";
import { portfolioSummary } from "../portfolio-summary.js";
import { writeOutputs, type Output } from "../outputs.js";
import { progressOn } from "../progress.js";

interface Flags {
  readonly random?: number;
  readonly seed?: number;
  readonly json?: string;
  readonly equity?: string;
  readonly report?: string;
  readonly markdown?: string;
}

/** `bf portfolio`: systems on one account, switched on and off by filters over their equity. */
export function portfolioCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Run several strategies on one account, switched on and off by their own equity";
  return new Command("portfolio")
    .summary(summary)
    .description(
      `${summary}.\nThe file names the systems, their filters and how they are tested; docs/portfolio.md says how.\n` +
        "Exit code: 0 fine, 1 an error in a program, 2 wrong usage, 4 data that cannot be used.",
    )
    .argument("<file>", "portfolio, a YAML or JSON file")
    .option("--random <n>", "compare with so many random switchings, whatever the file says", wholeFrom(19))
    .option("--seed <n>", "chooses what is drawn", wholeFrom(0))
    .option("--json <path>", "write the whole result as JSON; - for stdout")
    .option("--report <path>", "write a report as one HTML file that opens offline; - for stdout")
    .option(
      "--markdown <path>",
      "write verdict, headline and systems as Markdown, for a comment; - for stdout",
    )
    .option("--equity <path>", "write the equity of each day as CSV, with what is on; - for stdout")
    .action(async (file: string, flags: Flags) => {
      // Loads what reads YAML, which no other command needs to start.
      const { readPortfolio } = await import("../../portfolio/portfolio-file.js");
      const { systems, options } = await readPortfolio(file, {
        compile: (source) => shownProgram(io, source).program,
        onBars: (path, read) => {
          noteDefects(io, path, read, read.bars.symbol);
        },
      });
      const runs = flags.random ?? options.random?.runs;
      const seed = flags.seed ?? options.random?.seed ?? 1;
      const progress = await progressOn(io, "portfolio", { noun: "runs", worthShowing: 20 });
      const portfolio = await backtestPortfolio(systems, {
        ...options,
        random: runs === undefined ? undefined : { runs, seed },
        signal: io.signal,
        onProgress: progress.update,
      }).finally(progress.stop);

      const { result, curves } = portfolio;
      const outputs: readonly Output[] = [
        [flags.report, () => portfolioHtml(portfolio)],
        [flags.markdown, () => portfolioMarkdown(portfolio)],
        [flags.json, () => jsonText(result)],
        [flags.equity, () => equityCsv(curves)],
      ];
      await writeOutputs(io, outputs, portfolioSummary(io, result));
      done(exitCodes.fine);
    });
}

function equityCsv({ time, equity, always, systems }: Portfolio["curves"]): string {
  const dates = Array.from(time, (each) => new Date(each).toISOString().slice(0, 10));
  return csv(
    ["day", "equity", "always", ...systems.map(({ name }) => `${name} on`)],
    dates.map((day, i) => [day, equity[i], always[i], ...systems.map(({ on }) => on[i])]),
  );
}
