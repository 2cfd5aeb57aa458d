// All work is done here, so that the page stays awake while a backtest runs.

import {
  backtest,
  backtestJson,
  compile,
  diagnose,
  languageWords,
  metrics,
  metricText,
  parseSettings,
  readBars,
} from "./bitfever.js";

postMessage({
  kind: "ready",
  words: languageWords(),
  metrics: [...metrics.values()].map(({ name, title, formula, unit }) => ({ name, title, formula, unit })),
});

/** The bars of the file that was last asked for: typing in a program does not read them again. */
let kept = { input: undefined, bars: undefined };

onmessage = async ({ data: { id, program, name, data, dataName, settings } }) => {
  const diagnostics = diagnose({ name, text: program });
  postMessage({ kind: "diagnostics", id, diagnostics });
  if (diagnostics.some(({ severity }) => severity === "error")) return;
  try {
    postMessage({ kind: "result", id, ...(await run({ program, name, data, dataName, settings })) });
  } catch (error) {
    // A fault of ours has no code; everything else says what is wrong and what helps.
    const { code = "", message, hint } = error;
    postMessage({ kind: "failed", id, code, message, hint });
  }
};

async function run({ program, name, data, dataName, settings }) {
  const started = performance.now();
  const chosen = parseSettings(settings);
  if (kept.input !== data) kept = { input: data, bars: await readBars(data, { name: dataName }) };
  const { bars } = kept;
  const strategy = compile({ name, text: program });
  const done = await backtest(strategy, bars, { settings: chosen, ambiguityBand: true });
  const { result, curves } = done;
  const ends = [...curves.sessionEnds];
  const [first] = ends;
  return {
    // What `bf backtest --json` writes, to the byte.
    json: backtestJson(done),
    texts: Object.fromEntries(
      [...metrics.values()].map((metric) => {
        const value = result.metrics[metric.name];
        return [metric.name, value === null ? null : metricText(metric, value)];
      }),
    ),
    // Beside the account: the same money in the market from the first session on.
    hold: ends.map((bar) => (result.settings.initial_capital * bars.close[bar]) / bars.close[first]),
    took: performance.now() - started,
  };
}
