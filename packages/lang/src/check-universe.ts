import type { HoldClause, RebalanceDeclaration, StrategyDeclaration, WeightClause } from "./ast.js";
import { isBuiltFromOwn } from "./check-clock.js";
import { partsOfClock } from "./clock-name.js";
import { once, type RuleContext } from "./check-orders.js";
import { diagnostic } from "./diagnostic.js";
import { partsOf, type Hold, type Let, type Rebalance, type TypedExpression } from "./program.js";
import { bool, literal, number } from "./type.js";
import { units } from "./unit.js";

const ratio = number(units.ratio);

interface UniverseContext extends RuleContext {
  readonly strategy: StrategyDeclaration;
  readonly lets: readonly Let[];
}

/** `rebalance every 1mo when calm { hold top 10 by score  weight equal }`. */
export function checkRebalance(of: RebalanceDeclaration, context: UniverseContext): Rebalance | null {
  const { typed, report } = context;
  once("the weight", of.weights, report);
  once("the exposure", of.exposures, report);
  once("the band", of.bands, report);
  const when = of.when && typed(of.when, bool);
  if (of.when !== null && when !== null && dependsOnMember(when, context.lets))
    report(diagnostic("BF2109", of.when.span, {}));
  if (of.every !== null) isBuiltFromOwn(of.every, "every", context.strategy, report);
  const holds = of.holds.map((each) => checkHold(each, context));
  if (of.holds.length === 0) {
    const { start } = of.span;
    report(diagnostic("BF3023", { start, end: start + "rebalance".length }, {}));
  }
  const [weight = null] = of.weights;
  const checked = weight === null ? ({ kind: "equal" } as const) : checkWeight(weight, context);
  const share = (each: Parameters<RuleContext["typedStatic"]>[0] | null | undefined, what: string) => {
    const value = each && context.typedStatic(each, ratio, what);
    return each && value ? { value, span: each.span, what } : null;
  };
  const cap = share(weight?.cap, "the most of one member");
  const exposure = share(of.exposures[0], "the exposure");
  const band = share(of.bands[0], "the band");
  const found = holds.filter((each) => each !== null);
  if (found.length < holds.length || checked === null || (of.when !== null && when === null)) return null;
  return {
    tag: of.tag ?? "rebalance",
    every: of.every?.name ?? null,
    when,
    holds: found,
    weight: checked,
    cap,
    isRedistributed: weight?.isRedistributed ?? false,
    exposure,
    band,
  };
}

function checkHold({ side, choice, filter }: HoldClause, { typed, typedStatic }: RuleContext): Hold | null {
  const checkedFilter = filter && typed(filter, bool);
  if (filter !== null && checkedFilter === null) return null;
  if (choice === null) return { side, choice, filter: checkedFilter };
  const what = "how many to hold";
  const count = typedStatic(choice.count, ratio, what);
  const by = typed(choice.by, literal);
  if (count === null || by === null) return null;
  const { order } = choice;
  return {
    side,
    choice: { order, count: { value: count, span: choice.count.span, what }, by },
    filter: checkedFilter,
  };
}

function checkWeight(
  { kind, weighting, isShrunk, value }: WeightClause,
  { typed, typedStatic }: RuleContext,
): Rebalance["weight"] | null {
  if (kind === "equal" || value === null) return { kind: "equal" };
  if (kind === "returns") {
    const what = "how many returns";
    const length = typedStatic(value, number(units.bars), what);
    return (
      length && weighting && { kind, weighting, isShrunk, length: { value: length, span: value.span, what } }
    );
  }
  const checked = typed(value, kind === "at" ? ratio : literal);
  return checked && { kind, value: checked, span: value.span };
}

/**
 * What each member has of its own: its bars, how many there are of them, its instrument, what is held of it. The time,
 * the calendar and the account are one for all.
 */
const ofMember: ReadonlySet<string> = new Set([
  ...["open", "high", "low", "close", "volume", "session_bar", "bar_index", "instrument", "open_profit"],
  ...["position_size", "position_price", "position_bars", "open_entries", "entry_price"],
  ...["long_size", "long_price", "long_bars", "short_size", "short_price", "short_bars"],
  ...["best_price", "worst_price", "bars_since_exit"],
]);

/** Whether a value is another for each member: made of its own bars, or of what is held of it. */
function dependsOnMember(of: TypedExpression, lets: readonly Let[]): boolean {
  const named = new Map(lets.map((each) => [each.name, each.value]));
  const seen = new Set<string>();
  const open = [of];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (
      ofMember.has(
        each.kind === "field" || each.kind === "calendar" || each.kind === "account" ? each.name : each.kind,
      )
    )
      return true;
    if (each.kind === "across") {
      if (each.reducer === "rank") return true;
      continue;
    }
    if (each.kind === "latest" && partsOfClock(each.clock).market !== null) continue;
    const name = each.kind === "let" || each.kind === "previous" ? each.name : null;
    const value = name === null || seen.has(name) ? undefined : named.get(name);
    if (name !== null) seen.add(name);
    open.push(...partsOf(each), ...(value === undefined ? [] : [value]));
  }
  return false;
}
