import { Command, Option } from "commander";
import { searchMethods, settingDefinitions, type Bars, type SharedWork } from "@bitfever/engine";
import { readSource } from "../../files.js";
import { jsonText } from "../../json-text.js";
import { optimize } from "../../optimize/optimize.js";
import type { OptimizeOptions } from "../../optimize/optimize-options.js";
import { trialsArrow, trialsCsv } from "../../optimize/study-table.js";
import { studyHtml } from "../../report.js";
import type { Strategy } from "../../strategy.js";
import { shownProgram } from "../checked-program.js";
import { addAccountOptions, readFiner, readInputs, type HistoryFlags } from "../histories.js";
import { exitCodes, type ExitCode, type Io } from "../io.js";
import { addDataOptions, collect, collectPair, settingsOf, wholeFrom } from "../options.js";
import { writeOutputs, type Output } from "../outputs.js";
import { progressOn } from "../progress.js";
import { studySummary } from "../study-summary.js";
import { trialCommand } from "../trial-command.js";

/** What a search is told on the command line. */
export interface SearchFlags extends HistoryFlags {
  readonly param?: Record<string, string>;
  readonly set?: Record<string, string>;
  readonly magnify?: string;
  readonly method?: string;
  readonly option?: Record<string, string>;
  readonly objective?: string[];
  readonly constraint?: string[];
  readonly beyondMarket?: boolean;
  readonly metric?: string[];
  readonly trials?: number;
  readonly seed: number;
  readonly workers?: number;
  readonly queue?: string;
  readonly memory?: number;
  readonly json?: string;
  readonly csv?: string;
  readonly arrow?: string;
  readonly report?: string;
}

interface Flags extends SearchFlags {
  readonly explain?: boolean;
  readonly study?: string;
  readonly top: number;
}

/** `bf optimize`: searches the parameters of a strategy. */
export function optimizeCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Search the parameters of a strategy, and tell how much of the best is luck";
  return addSearchOptions(addAccountOptions(addDataOptions(new Command("optimize"))))
    .summary(summary)
    .description(
      `${summary}.\nThe space are its parameters with ranges, and its \`require\`s. Ctrl-C stops it and tells what was found until then.\n` +
        "Exit code: 0 fine, 1 an error in the program, 2 wrong usage, 4 data that cannot be used.",
    )
    .option("--explain", "tell before each batch of trials what they have in common, and the work that saves")
    .addOption(beyondMarketOption())
    .addOption(memoryOption())
    .addOption(queueOption())
    .option("--study <path>", "keep the study in a file: go on with it, or extend it by more --trials")
    .option("--top <n>", "how many of the best trials are printed", wholeFrom(1), 10)
    .option("--json <path>", "write the whole result as JSON; - for stdout")
    .option("--csv <path>", "write the trials as CSV; - for stdout")
    .option("--arrow <path>", "write the trials as an Arrow IPC file")
    .option("--report <path>", "write an HTML report that opens offline; - for stdout")
    .action(async (file: string, flags: Flags, command: Command) => {
      const { strategy, programText, bars, options } = await readSearch(io, file, flags);
      if (flags.explain === true && flags.queue !== undefined) io.err(`${sharedInQueue}\n`);
      const progress = await progressOn(io, "optimize", { noun: "trials", worthShowing: 2 });
      const study = optimize(strategy, bars, {
        ...options,
        study: flags.study,
        ...(flags.explain === true && { onShared: (work) => io.err(`${sharedText(work)}\n`) }),
        onNote: progress.say,
        onProgress: progress.tell,
      });
      const result = await study.result.finally(progress.stop);
      const page = (): string => studyHtml(result, { programText, command: trialCommand(file, command) });
      const outputs: readonly Output[] = [
        [flags.json, () => jsonText(result)],
        [flags.csv, () => trialsCsv(result)],
        [flags.arrow, () => trialsArrow(result)],
        [flags.report, page],
      ];
      await writeOutputs(io, outputs, studySummary(io, result, flags.top));
      const { trials, failed } = result.counts;
      done(trials > 0 && failed === trials ? exitCodes.failed : exitCodes.fine);
    });
}

const sharedInQueue =
  "a thread of a queue computes once what the trials of a chunk have in common; how much that is shows when chunks are cut";

/** What is saved by computing equal columns once. */
function sharedText({ alone, together, kept, bytes }: SharedWork): string {
  const saved = alone === 0 ? 0 : 1 - together / alone;
  const text = (count: number): string => count.toLocaleString("en-US");
  return `${text(together)} columns are computed instead of ${text(alone)} (${(saved * 100).toFixed(0)}% less); ${text(kept)} are kept, ${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/** What every run of a strategy takes. */
export function addRunOptions(command: Command): Command {
  const settings = Object.entries(settingDefinitions).map(
    ([setting, { summary: what, expects }]) => `  ${setting.padEnd(20)} ${what}; ${expects}`,
  );
  return command
    .argument("<file>", "strategy, a .bf file")
    .option(
      "--param <name=value>",
      "a parameter that has this value, and is not searched (repeatable)",
      collectPair,
    )
    .option("--market <symbol=path>", "bars of another market that it reads (repeatable)", collectPair)
    .option("--magnify <path>", "finer bars of the same market, along which orders are met inside a bar")
    .option("--set <name=value>", "a setting, listed below (repeatable)", collectPair)
    .option(
      "--seed <n>",
      "the same one makes the same draws, whatever the number of workers",
      wholeFrom(0),
      1,
    )
    .option("--workers <n>", "worker threads; by default as many as there are processors", wholeFrom(0))
    .addHelpText("after", `\nSettings:\n${settings.join("\n")}`);
}

/** What is searched, how, and what for. */
export function addSearchOptions(command: Command): Command {
  const methods = searchMethods.map(({ name, title }) => `  ${name.padEnd(20)} ${title}`);
  return addRunOptions(command)
    .option("--method <name>", "how to search, listed below; grid up to 1,000 points, else tpe")
    .option("--option <name=value>", "an option of the method (repeatable)", collectPair)
    .option(
      "--objective <expression>",
      "what is best: a metric or an expression over metrics, such as 'sharpe * sqrt(trades)' or 'minimise max_drawdown'; sharpe by default (repeatable)",
      collect,
    )
    .option(
      "--constraint <comparison>",
      "what a trial must hold, such as 'trades >= 30' (repeatable)",
      collect,
    )
    .option("--metric <name>", "one more metric to keep of each trial, or all (repeatable)", collect)
    .option("--trials <n>", "how many trials at most; all points of a grid, else 200", wholeFrom(1))
    .addHelpText("after", `\nMethods:\n${methods.join("\n")}`);
}

/** What luck is judged by. */
export const beyondMarketOption = (): Option =>
  new Option(
    "--beyond-market",
    "judge luck by what trials earn beyond the market, held in the measure in which they held it",
  );

/** Where others make the trials. */
export const queueOption = (): Option =>
  new Option(
    "--queue <address>",
    "let the machines on which `bf worker --queue` runs make the trials: redis://host:6379, in full redis://user:password@host:6379/0?prefix=name",
  );

/** How much memory trials may share. */
export const memoryOption = (): Option =>
  new Option(
    "--memory <mebibytes>",
    "for columns that the trials of a batch have in common; 512 by default",
  ).argParser(wholeFrom(0));

/** All that a search is given. */
interface SearchInputs {
  readonly strategy: Strategy;
  readonly programText: string;
  readonly bars: readonly Bars[];
  readonly options: OptimizeOptions;
}

/** Reads all that a search is given. */
export async function readSearch(io: Io, file: string, flags: SearchFlags): Promise<SearchInputs> {
  const source = await readSource(file);
  const { program } = shownProgram(io, source);
  const settings = settingsOf(flags);
  const { bars, given } = await readInputs(io, program, flags);
  const finer = flags.magnify === undefined ? undefined : await readFiner(io, flags.magnify, flags);
  const { param: params = {}, method, option: options, objective, constraint: constraints } = flags;
  const { metric, trials, seed, workers, queue, memory, beyondMarket } = flags;
  return {
    strategy: { program },
    programText: source.text,
    bars,
    options: {
      ...{ ...given, finer, settings, params, method, options, objective, constraints },
      ...{ trials, seed, workers, queue, beyondMarket, signal: io.signal },
      ...(metric && { metrics: metric.includes("all") ? "all" : metric }),
      ...(memory !== undefined && { memoryBytes: memory * 2 ** 20 }),
    },
  };
}
