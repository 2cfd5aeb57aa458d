import { Command } from "commander";
import { renderDiagnostic } from "@bitfever/lang";
import { settingDefinitions } from "@bitfever/engine";
import { backtest, type Backtest } from "../../backtest.js";
import { backtestJson } from "../../backtest-json.js";
import { readSource } from "../../files.js";
import { parameterNumbers } from "../../parameters.js";
import { csv, equityCsv, ordersCsv, tradesCsv } from "../../tables.js";
import { parseComparison } from "../../measure/comparison.js";
import { judge, type Verdict } from "../assertions.js";
import { checkedProgram } from "../checked-program.js";
import { addAccountOptions, readFiner, readInputs, type HistoryFlags } from "../histories.js";
import { exitCodes, paintOf, type ExitCode, type Io } from "../io.js";
import { junitXml } from "../junit.js";
import { addDataOptions, collect, collectPair, positive, settingsOf, wholeFrom } from "../options.js";
import { writeOutputs, type Output } from "../outputs.js";
import { progressOn } from "../progress.js";
import { summaryText } from "../summary.js";

export interface SimulationFlags extends HistoryFlags {
  readonly param?: Record<string, string>;
  readonly set?: Record<string, string>;
  readonly magnify?: string;
  readonly json?: string;
  readonly trades?: string;
  readonly orders?: string;
  readonly equity?: string;
  readonly alerts?: string;
  readonly report?: string;
  readonly markdown?: string;
  readonly svg?: string;
  readonly assert?: string[];
  readonly junit?: string;
  readonly resample?: number;
  readonly seed: number;
  readonly trials?: number;
  readonly trialsDeviation?: number;
}

/** `bf backtest`: the main job. */
export function backtestCommand(io: Io, done: (code: ExitCode) => void): Command {
  const summary = "Run a strategy over a history of bars";
  const command = addAccountOptions(addDataOptions(new Command("backtest")));
  return addSimulationOptions(
    command
      .summary(summary)
      .description(
        `${summary}.\nExit code: 0 fine, 1 an error in program or data, 2 wrong usage, 3 an assertion failed.`,
      )
      .argument("<file>", "strategy, a .bf file"),
  ).action((file: string, flags: SimulationFlags) =>
    simulateFile(io, done, { name: "backtest", simulate: backtest }, file, flags),
  );
}

/** What a run over a history takes beside its program and its bars. */
export function addSimulationOptions(command: Command): Command {
  const settings = Object.entries(settingDefinitions).map(
    ([setting, { summary: what, expects }]) => `  ${setting.padEnd(16)} ${what}; ${expects}`,
  );
  return command
    .option("--param <name=value>", "a parameter of the strategy (repeatable)", collectPair)
    .option("--market <symbol=path>", "bars of another market that it reads (repeatable)", collectPair)
    .option("--magnify <path>", "finer bars of the same market, along which orders are met inside a bar")
    .option("--set <name=value>", "a setting, listed below (repeatable)", collectPair)
    .option(
      "--json <path>",
      "write the whole result as JSON, with the account at the ends of sessions; - for stdout",
    )
    .option("--trades <path>", "write the trades as CSV; - for stdout")
    .option("--orders <path>", "write every order and what became of it as CSV; - for stdout")
    .option("--equity <path>", "write the account at each bar as CSV; - for stdout")
    .option("--alerts <path>", "write the alerts as CSV; - for stdout")
    .option("--report <path>", "write an HTML report that opens offline")
    .option(
      "--markdown <path>",
      "write headline, warnings and years as Markdown, for a comment; - for stdout",
    )
    .option("--svg <path>", "write a picture of account and drawdown; - for stdout")
    .option("--assert <comparison>", "fail unless a metric holds, such as 'sharpe > 1' (repeatable)", collect)
    .option("--junit <path>", "write the assertions as JUnit XML")
    .option(
      "--resample <n>",
      "draw sessions and trades anew, so many times, and show what else they could have come to",
      wholeFrom(100),
    )
    .option("--seed <n>", "chooses what is drawn", wholeFrom(0), 1)
    .option(
      "--trials <n>",
      "how many variants were tried to arrive at this one: deflates the Sharpe ratio",
      wholeFrom(1),
    )
    .option(
      "--trials-deviation <n>",
      "standard deviation of their Sharpe ratios; by default what chance alone makes it",
      positive,
    )
    .addHelpText("after", `\nSettings:\n${settings.join("\n")}`);
}

/** Runs one strategy over one history, and writes what is asked for. */
export async function simulateFile(
  io: Io,
  done: (code: ExitCode) => void,
  what: { readonly name: string; readonly simulate: typeof backtest },
  file: string,
  flags: SimulationFlags,
): Promise<void> {
  const assertions = (flags.assert ?? []).map(parseComparison);
  const chosen = settingsOf(flags);
  const source = await readSource(file);
  const { program, warnings } = checkedProgram(source);
  for (const each of warnings) io.err(`${renderDiagnostic(source, each, paintOf(io))}\n\n`);
  const params = parameterNumbers(program, flags.param ?? {});
  const { bars, given } = await readInputs(io, program, flags);
  const finer = flags.magnify === undefined ? undefined : await readFiner(io, flags.magnify, flags);
  const progress = await progressOn(io, what.name);
  const { signal } = io;
  const options = {
    ...{ params, ...given, finer, settings: chosen, signal, ambiguityBand: true },
    trials: { count: flags.trials ?? 1, sharpeDeviation: flags.trialsDeviation ?? null },
    ...(flags.resample === undefined ? {} : { resample: { runs: flags.resample, seed: flags.seed } }),
    ...{ orders: flags.orders !== undefined, onProgress: progress.update },
  };
  const run = await what.simulate({ program }, bars, options).finally(progress.stop);

  const verdicts = assertions.map((each) => judge(each, run.result));
  const outputs = outputsOf(flags, run, verdicts, source.text);
  const tell = await writeOutputs(io, outputs, summaryText(io, run.result));
  tell(verdicts.map((each) => verdictText(io, each)).join(""));
  done(verdicts.every((each) => each.passed) ? exitCodes.fine : exitCodes.assertion);
}

const outputsOf = (
  flags: SimulationFlags,
  run: Backtest,
  verdicts: readonly Verdict[],
  programText: string,
): readonly Output[] => {
  const { result, bars } = run;
  return [
    [flags.json, () => backtestJson(run)],
    [flags.trades, () => tradesCsv(result)],
    [flags.orders, () => ordersCsv(run)],
    [flags.equity, () => equityCsv(run)],
    [
      flags.alerts,
      () =>
        csv(
          ["time", "text"],
          result.alerts.map(({ time, text }) => [time, text]),
        ),
    ],
    [flags.report, async () => (await import("../../report.js")).reportHtml(run, bars, programText)],
    [flags.markdown, async () => (await import("../../report.js")).reportMarkdown(run, bars)],
    [flags.svg, async () => (await import("../../report.js")).reportSvg(run, bars)],
    [flags.junit, () => junitXml(result, verdicts)],
  ];
};

function verdictText(io: Io, { assertion, passed, found }: Verdict): string {
  const paint = paintOf(io);
  const sign = passed ? paint.good("✓") : paint.error("✗");
  return `${sign} ${assertion.text}  ${paint.faint(`(${assertion.measure.text} is ${found})`)}\n`;
}
