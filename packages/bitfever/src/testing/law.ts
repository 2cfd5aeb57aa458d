import type { Program, Test } from "@bitfever/lang";
import { tablesText } from "./bar-table.js";
import { shown } from "./claim.js";
import { findCounterexample } from "./counterexample.js";
import type { Histories } from "./histories.js";
import { barsToWarm, type Market } from "./history.js";
import { laws, mirrorMiddle, type Law, type LawRuns, type RunOnHistories } from "./laws.js";
import type { TestSetup } from "./options.js";
import type { TestOutcome } from "./outcome.js";
import { planTest } from "./plan-test.js";
import { runOn, type TestFill } from "./run-histories.js";
import { sideBySide } from "./side-by-side.js";

/** Bars behind the warm-up, on which there may be trades. */
const barsToTrade = 150;

/** Runs a `law` on generated histories; says so when there was nothing to compare. */
export async function runLaw(
  program: Program,
  { name, span }: Extract<Test, { kind: "law" }>,
  setup: TestSetup,
): Promise<Pick<TestOutcome, "failures" | "note">> {
  const law = laws[name];
  const { settings, seed, runs } = setup;
  const plan = planTest(program, {}, [], setup);
  const run: RunOnHistories = (histories, factor = 1) => {
    const { initial_capital: capital, tick } = settings;
    const scaled = { initial_capital: capital * factor, tick: tick === null ? null : tick * factor };
    return runOn(plan, histories, { ...setup, settings: { ...settings, ...scaled } }).fills;
  };
  let compared = 0;
  const brokenOn = (histories: Histories): LawRuns | null => {
    for (const each of law.runs(histories, run, { plan, settings })) {
      compared += each.plain.length;
      if (firstUnlike(law, each) !== null) return each;
    }
    return null;
  };
  const range = law.isCalm
    ? { lowest: 0.75 * mirrorMiddle, highest: 1.25 * mirrorMiddle }
    : { lowest: 0.25, highest: Infinity };
  const market: Market = { program, plan, settings, ...range };
  const bars = { from: 1, to: barsToWarm(plan) + barsToTrade };
  const found = await findCounterexample({ market, bars, seed, runs }, brokenOn);
  if (found === null)
    return { failures: [], note: compared === 0 ? `no fill on any of ${runs} histories` : undefined };
  const at = firstUnlike(law, found.problem) ?? 0;
  const side = sideBySide(
    ["as it is", found.problem.other],
    found.problem.plain.map(fillText),
    found.problem.changed.map(fillText),
    (i) => !isAlikeAt(law, found.problem, i),
  );
  const details = `${side}\n\n${tablesText(found.histories, program)}`;
  const message = `law ${name} does not hold: ${law.meaning}, but order ${at + 1} differs`;
  return { failures: [{ message, span, details, hint: law.exception }] };
}

export function firstUnlike(law: Pick<Law, "isAlike">, runs: LawRuns): number | null {
  const length = Math.max(runs.plain.length, runs.changed.length);
  for (let i = 0; i < length; i++) if (!isAlikeAt(law, runs, i)) return i;
  return null;
}

const isAlikeAt = (law: Pick<Law, "isAlike">, { plain, changed }: LawRuns, i: number): boolean =>
  i < plain.length && i < changed.length && law.isAlike(plain[i], changed[i]);

const fillText = ({ bar, side, quantity, symbol, price, tag }: TestFill): string =>
  `bar ${bar}: ${side} ${shown(quantity)}${symbol === null ? "" : ` "${symbol}"`} at ${shown(price)} tag "${tag}"`;
