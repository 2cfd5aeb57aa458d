import { carryModels, commissionModels, misfit, slippageModels, type CostModels } from "./cost-models.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import type { CostClause, EnterRule, PlacedExpression, Program, Rebalance } from "./program.js";
import { isWeightingLength } from "./weightings.js";
import { describeValues, shown, staticValue, type Known } from "./static.js";

const share = "a share from 0% to below 100%";
const percent = (value: number): string => `${Number((value * 100).toPrecision(12))}%`;

/** What the values of parameters can get wrong: requirements, costs and sizes. Lengths are seen to by the plan. */
export function judgeValues(program: Program, known: Known): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const { condition, span } of program.requirements) {
    if (staticValue(condition, known) === 1) continue;
    const values = describeValues(condition, known.values, program.lets);
    diagnostics.push(diagnostic("BF3008", span, { values }));
  }

  function judge(
    what: string,
    of: PlacedExpression | null,
    rule: string,
    fits: (value: number) => boolean,
  ): void {
    const value = of && staticValue(of.value, known);
    if (of === null || value === null || fits(value)) return;
    const isShare = rule.startsWith("a share");
    diagnostics.push(
      diagnostic("BF2009", of.span, { what, value: isShare ? percent(value) : shown(value), rule }),
    );
  }
  const fitsShare = (value: number): boolean => value >= 0 && value < 1;
  const isPart = (value: number): boolean => value > 0 && value <= 1;
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  const isLength = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;
  const isPositive = (value: number): boolean => value > 0 && value < Infinity;
  const isNotNegative = (value: number): boolean => value >= 0 && value < Infinity;
  judgeCosts("this commission", program.costs.commissions, commissionModels);
  judgeCosts("this slippage", program.costs.slippages, slippageModels);
  judgeCosts("this cost of holding", program.costs.carries, carryModels);

  const { through, latency, volume, touch } = program.fills;
  judge("this distance", through, "a whole number of ticks", isCount);
  judge("this latency", latency, "a whole number of bars", isCount);
  judge("this share of the volume", volume, "a part, above 0% and at most 100%", isPart);
  judge("this chance", touch, "a share from 0% to 100%", (value) => value >= 0 && value <= 1);
  for (const { most } of program.limits) judge("this limit", most, "more than 0", isPositive);

  const part = "a part, above 0% and at most 100%";
  for (const { holds, weight, cap, exposure, band } of program.universe?.rebalances ?? []) {
    for (const { choice } of holds)
      judge("how many to hold", choice?.count ?? null, "a whole number, at least 1", isLength);
    judge("the most of one member", cap, part, isPart);
    judge("the exposure", exposure, part, isPart);
    judge("the band", band, share, fitsShare);
    if (weight.kind === "returns")
      judge("how many returns", weight.length, "a whole number, from 2 to 1,000,000", isWeightingLength);
    if (weight.kind === "by") judge("this weight", weight, "more than 0", isPositive);
    if (weight.kind === "at") {
      judge("the share of one member", weight, part, isPart);
      judgeShares(holds, weight);
    }
  }
  for (const rule of program.rules) {
    if (rule.kind === "cancel") continue;
    if (rule.duration.kind === "bars")
      judge("how long this is good for", rule.duration.count, "a whole number of bars, at least 1", isLength);
    if (rule.kind === "exit") {
      judge("this part", rule.share, part, isPart);
      continue;
    }
    const { value, cap, span } = rule.size;
    judge("this size", { value, span }, "more than 0", isPositive);
    judge("this cap", cap && { value: cap, span }, "more than 0", isPositive);
    judge("the number of entries", rule.entries, "a whole number, at least 1", isLength);
    if (rule.trail !== null) judge("this multiple of the risk", rule.trail.after, "0 or more", isNotNegative);
    for (const { share } of rule.targets) judge("this part", share, part, isPart);
    judgeParts(rule.targets);
  }
  return diagnostics;

  function judgeCosts(what: string, clauses: readonly CostClause[], models: CostModels): void {
    for (const { model, parameters } of clauses)
      models[model].forEach((each, i) => {
        const given = parameters[i];
        const value = given && staticValue(given.value, known);
        const rule = value === null ? null : misfit(each, value);
        if (rule !== null) judge(what, given, rule, () => false);
      });
  }

  /** Where it is known how many are held and how much of each, together they cannot be more than the account. */
  function judgeShares(holds: Rebalance["holds"], weight: PlacedExpression): void {
    const members = program.universe?.symbols?.length ?? Infinity;
    const counts = holds.map(({ choice, filter }) =>
      choice !== null ? staticValue(choice.count.value, known) : filter === null ? members : null,
    );
    const chosen = counts.reduce<number>((total, each) => total + (each ?? 0), 0);
    const share = staticValue(weight.value, known);
    // Each member is held once, however many clauses choose it; how many there are of all is not known.
    const held = Math.min(chosen, members);
    const sum = share === null || held === Infinity ? 0 : held * share;
    if (sum <= 1 + 1e-9) return;
    const what = "what is held together";
    diagnostics.push(diagnostic("BF2009", weight.span, { what, value: percent(sum), rule: "at most 100%" }));
  }

  /** Targets cannot take more than there is. */
  function judgeParts(targets: EnterRule["targets"]): void {
    const shares = targets.map(({ share }) => share && staticValue(share.value, known));
    const sum = shares.reduce<number>((total, each) => total + (each ?? 0), 0);
    const last = targets.at(-1)?.share;
    if (last === null || last === undefined || sum <= 1 + 1e-9) return;
    const what = "what the targets take together";
    diagnostics.push(diagnostic("BF2009", last.span, { what, value: percent(sum), rule: "at most 100%" }));
  }
}
