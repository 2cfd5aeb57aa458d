import type { Program, Span, Test } from "@bitfever/lang";
import { tablesText } from "./bar-table.js";
import { claimOf, columnsOf, shortfall, valuesOf } from "./claim.js";
import { findCounterexample } from "./counterexample.js";
import type { Histories } from "./histories.js";
import type { TestSetup } from "./options.js";
import type { TestFailure } from "./outcome.js";
import { planTest } from "./plan-test.js";
import { runOn } from "./run-histories.js";

type Property = Extract<Test, { kind: "property" }>;

interface Broken {
  readonly message: string;
  readonly span: Span;
}

/** Runs a `property`: on every bar of many generated histories each assertion is true or absent. */
export async function runProperty(
  program: Program,
  test: Property,
  setup: TestSetup,
): Promise<readonly TestFailure[]> {
  const claims = test.assertions.map((each) => claimOf(program, each.value, each.span));
  const { settings, seed, runs } = setup;
  const plan = planTest(program, test.values, valuesOf(claims), setup);
  const brokenOn = (histories: Histories): Broken | null => {
    for (const { symbol, columns } of runOn(plan, histories, setup).outputs) {
      const all = columnsOf(claims, columns);
      for (const [i, claim] of claims.entries()) {
        const [holds] = all[i];
        const bar = holds.indexOf(0);
        if (bar < 0) continue;
        const place = `bar ${bar + 1} of ${holds.length}${symbol === null ? "" : `, ${symbol}`}`;
        const message = `\`${claim.text}\` ${shortfall(claim, all[i], bar)} (${place})`;
        return { message, span: test.assertions[i].span };
      }
    }
    return null;
  };
  const market = { program, plan, settings, lowest: 0.25, highest: Infinity };
  const found = await findCounterexample({ market, bars: test.bars, seed, runs }, brokenOn);
  if (found === null) return [];
  const { histories, problem, run } = found;
  const hint = `found on history ${run} of seed ${seed}; paste the bars into a \`test\` to keep them`;
  return [{ ...problem, details: tablesText(histories, program), hint }];
}
