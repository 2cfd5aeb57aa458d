import type { Program, Source } from "@bitfever/lang";
import type { backtest } from "../backtest.js";
import { readSource } from "../files.js";
import { jsonText } from "../json-text.js";
import { listedModules } from "../modules.js";
import { parameterNumbers } from "../parameters.js";
import { shownProgram } from "./checked-program.js";
import { demandsOf, type Judged } from "./demands.js";
import {
  addToSummary,
  annotating,
  annotationsText,
  diagnosticAnnotations,
  type Annotation,
} from "./github.js";
import { readFiner, readInputs } from "./histories.js";
import { exitCodes, paintOf, type ExitCode, type Io } from "./io.js";
import { junitXml } from "./junit.js";
import { cacheFolderOf } from "./kept-runs/cache-options.js";
import { keptOrMade } from "./kept-runs/kept-or-made.js";
import { makeRun, runTexts, type MadeRun, type RunText } from "./kept-runs/made-run.js";
import { inputsOf, valuesOf } from "./kept-runs/simulation-inputs.js";
import { settingsOf } from "./options.js";
import { writeOutputs, type Output } from "./outputs.js";
import { progressOn } from "./progress.js";
import type { SimulationFlags } from "./simulation-flags.js";
import { summaryMetrics, summaryText } from "./summary.js";
import type { Verdict } from "./verdict.js";

/** A way of running a strategy over a history, and what its command is called. */
export interface Simulation {
  readonly name: string;
  readonly simulate: typeof backtest;
}

/** Runs one strategy over one history, judges it by what is demanded, and writes what is asked for. */
export const simulateFile = (
  io: Io,
  done: (code: ExitCode) => void,
  simulation: Simulation,
  file: string,
  flags: SimulationFlags,
): Promise<void> =>
  annotating(io, flags.github === true, async () => {
    const isOnGithub = flags.github === true;
    const judge = await demandsOf(flags);
    const source = await readSource(file);
    const { program, imported } = compiled(io, source, isOnGithub);
    const texts = runTexts.filter((each) => flags[each] !== undefined || (each === "markdown" && isOnGithub));
    const ingredients = {
      command: simulation.name,
      sources: [source, ...imported],
      ...{ values: valuesOf(flags), inputs: inputsOf(flags), outputs: texts },
      isColored: io.color,
    };
    const make = (listening: Io): Promise<MadeRun> =>
      madeRun(listening, simulation, program, flags, texts, source.text);
    const made = await keptOrMade(io, cacheFolderOf(flags), ingredients, make);
    const judged = judge(made.result);
    const { verdicts, beside } = judged;
    const outputs = outputsOf(flags, made, judged);
    const tell = await writeOutputs(io, outputs, summaryText(io, made.result));
    if (beside !== null) tell((await import("./baseline-text.js")).baselineText(io, beside, summaryMetrics));
    tell(verdicts.map((each) => verdictText(io, each)).join(""));
    if (isOnGithub) {
      io.err(annotationsText(failuresOf(source, verdicts)));
      await addToSummary(io, await markdownOf(made, judged));
    }
    done(verdicts.every((each) => each.passed) ? exitCodes.fine : exitCodes.assertion);
  });

/** The program with what it imports; its warnings are shown. */
function compiled(
  io: Io,
  source: Source,
  isOnGithub: boolean,
): { readonly program: Program; readonly imported: readonly Source[] } {
  const { findModule, imported } = listedModules();
  const { program, warnings } = shownProgram(io, source, findModule);
  if (isOnGithub) io.err(annotationsText(diagnosticAnnotations(source, warnings)));
  return { program, imported };
}

async function madeRun(
  io: Io,
  { name, simulate }: Simulation,
  program: Program,
  flags: SimulationFlags,
  texts: readonly RunText[],
  programText: string,
): Promise<MadeRun> {
  const settings = settingsOf(flags);
  const params = parameterNumbers(program, flags.param ?? {});
  const { bars, given } = await readInputs(io, program, flags);
  const finer = flags.magnify === undefined ? undefined : await readFiner(io, flags.magnify, flags);
  const progress = await progressOn(io, name);
  const { signal } = io;
  const options = {
    ...{ params, ...given, finer, settings, signal, ambiguityBand: true },
    trials: { count: flags.trials ?? 1, sharpeDeviation: flags.trialsDeviation ?? null },
    ...(flags.resample === undefined ? {} : { resample: { runs: flags.resample, seed: flags.seed } }),
    ...{ orders: flags.orders !== undefined, onProgress: progress.update },
  };
  const run = await simulate({ program }, bars, options).finally(progress.stop);
  return makeRun(run, texts, programText);
}

const outputsOf = (flags: SimulationFlags, made: MadeRun, judged: Judged): readonly Output[] => [
  [flags.json, () => jsonText(made.result)],
  ...runTexts
    .filter((each) => each !== "markdown")
    .map((each): Output => [flags[each], () => made.texts[each] ?? ""]),
  [flags.markdown, () => markdownOf(made, judged)],
  [flags.junit, () => junitXml(made.result, judged.verdicts)],
];

const markdownOf = async ({ result, texts }: MadeRun, judged: Judged): Promise<string> =>
  (await import("./judged-markdown.js")).judgedMarkdown(result, judged, texts.markdown ?? "");

/** What does not hold, at the strategy of which it was demanded. */
function failuresOf({ name: file, text }: Source, verdicts: readonly Verdict[]): readonly Annotation[] {
  const line = text.split("\n").findIndex((each) => /^\s*strategy\b/.test(each)) + 1;
  return verdicts
    .filter(({ passed }) => !passed)
    .map(({ text: title, found }) => ({ level: "error", file, line, title, message: found }));
}

function verdictText(io: Io, { text, passed, found }: Verdict): string {
  const paint = paintOf(io);
  const sign = passed ? paint.good("✓") : paint.error("✗");
  return `${sign} ${text}  ${paint.faint(`(${found})`)}\n`;
}
