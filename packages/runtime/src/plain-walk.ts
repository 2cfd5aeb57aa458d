import {
  chargesOn,
  Evaluation,
  isPlainMarket,
  PlainMarket,
  type Counts,
  type Fields,
  type MarketBlock,
  type PlainOrder,
} from "@bitfever/engine";
import type { Plan, PlannedEnter, PlannedExit } from "@bitfever/lang";
import { planEntry, type DecisionContext } from "./intents.js";
import { plainRulesOf, type PlainRules } from "./plain-rules.js";
import { tradedOn } from "./run.js";
import type { SessionWalkOptions } from "./session-walk.js";
import type { Walk } from "./walk.js";

/** Who wants to hear of a condition: what is held says which matter. */
const whoIsFlat = 1;
const whoIsLong = 2;
const whoIsShort = 4;

/** A walk of a plain strategy on a plain market; null where anything asks for a session and the whole market. */
export function plainWalkOf(options: SessionWalkOptions, fields: Fields, longestBlock: number): Walk | null {
  const { plan, actions = [], flows = [], shared, switched, logsOrders, explains, onFill, finer } = options;
  const rules = plainRulesOf(plan);
  const isAlone =
    shared === undefined && switched === undefined && actions.length === 0 && flows.length === 0;
  const isTold = logsOrders === true || explains === true || onFill !== undefined;
  if (rules === null || !isAlone || isTold || finer !== undefined) return null;
  const { instrument, timing, costs, path, rules: fills, initialCapital } = tradedOn(options);
  const charges = chargesOn(instrument, costs);
  if (!isPlainMarket(charges, fills)) return null;
  const market = new PlainMarket(charges, fields, path, fills, initialCapital);
  const { markets = [], indicators, given } = options;
  const surroundings = { timing, instrument: instrument.specification, markets, indicators, given };
  const evaluation = new Evaluation(plan, longestBlock, surroundings);
  return new PlainWalk(evaluation, market, rules, plan.outputs, fields, longestBlock);
}

/**
 * From one bar on which something happens to the next: what a session and its market do, to the last bit. On the bars
 * between, of which there are most, the account is marked and nothing else.
 */
class PlainWalk implements Walk {
  readonly magnifiedBars = null;
  readonly equity: Float64Array;
  readonly position: Float64Array;
  readonly stop: Float64Array | null;
  private order: PlainOrder | null = null;
  /** The stop that stood before a bar, as a decimal; NaN without one. */
  private standing = NaN;
  private absentOrders = 0;
  private senselessOrders = 0;
  /** For each bar of the newest block who wants to hear of it. */
  private readonly wanted: Uint8Array;
  private readonly conditions: readonly { readonly when: number; readonly who: number }[];

  constructor(
    private readonly evaluation: Evaluation,
    private readonly market: PlainMarket,
    private readonly rules: PlainRules,
    private readonly outputs: Plan["outputs"],
    private readonly fields: Fields,
    longestBlock: number,
  ) {
    const total = fields.time.length;
    this.equity = new Float64Array(total);
    this.position = new Float64Array(total);
    const hasStops = rules.enters.some(({ stop }) => stop !== null);
    this.stop = hasStops ? new Float64Array(total).fill(NaN) : null;
    this.wanted = new Uint8Array(longestBlock);
    this.conditions = [
      ...rules.enters.map(({ when, side }) => ({ when, who: whoIsFlat | other(side) })),
      ...rules.exits.map(({ when, side }) => ({
        when,
        who: side === null ? whoIsLong | whoIsShort : side === "long" ? whoIsLong : whoIsShort,
      })),
    ];
  }

  prepare(from: number, to: number, markets: readonly MarketBlock[]): void {
    this.evaluation.append(this.fields, from, to, markets);
    const { wanted } = this;
    wanted.fill(0);
    for (const { when, who } of this.conditions) {
      const values = this.evaluation.newest(when);
      for (let i = 0; i < values.length; i++) if (values[i] === 1) wanted[i] |= who;
    }
  }

  copyOutput(output: number, target: Float64Array): void {
    this.evaluation.copyNewest(this.outputs[output].column, target);
  }

  walk(from: number, to: number): void {
    const { market, wanted } = this;
    const { high, low } = this.fields;
    let i = this.order === null ? this.pass(from, to, from) : from;
    while (i < to) {
      if (this.order !== null) {
        market.barWith(this.order, i);
        this.order = null;
      } else if (market.mayMeet(high[i], low[i])) market.bar(i);
      this.mark(i);
      if ((wanted[i - from] & this.who) !== 0 && this.evaluation.isWarm(i)) this.decide(i);
      i++;
      if (this.order === null) i = this.pass(i, to, from);
    }
  }

  end(atEnd: "mark" | "open" | "close"): void {
    const last = this.fields.time.length - 1;
    if (atEnd !== "mark") this.market.closeAtEnd(atEnd);
    this.equity[last] = this.market.equity(this.fields.close[last]);
  }

  outcome(): ReturnType<Walk["outcome"]> {
    const { ambiguousFills, reducedOrders, rejectedOrders } = this.market.counts;
    const counts: Counts = {
      ...{ ambiguousFills, reducedOrders, rejectedOrders: rejectedOrders + this.senselessOrders },
      ...{ absentOrders: this.absentOrders, closeFills: 0 },
    };
    const trades = this.market.tradesAt(this.fields.close[this.fields.close.length - 1] ?? NaN);
    return { counts, trades, cashFlows: [], limits: [], alerts: [], orders: [] };
  }

  private get who(): number {
    const { direction } = this.market;
    return direction === 0 ? whoIsFlat : direction > 0 ? whoIsLong : whoIsShort;
  }

  /** Marks the bars on which nobody wants to hear anything and nothing is met; says which comes then. */
  private pass(from: number, to: number, start: number): number {
    const { market, wanted, who } = this;
    const i = market.isGuarded
      ? quietUntil(this.fields, market, { wanted, who, start }, from, to)
      : unwantedUntil(wanted, who, from - start, to - start) + start;
    if (i === from) return i;
    market.mark(this.equity, from, i);
    if (market.direction !== 0) {
      this.position.fill(market.position, from, i);
      if (!Number.isNaN(this.standing)) this.stop?.fill(this.standing, from, i);
    }
    return i;
  }

  private mark(bar: number): void {
    const { market } = this;
    market.mark(this.equity, bar, bar + 1);
    this.position[bar] = market.position;
    // What stood before the bar is what the bar could meet; of a position that it opens, what was placed in it.
    const next = market.stopPrice;
    if (this.stop !== null) this.stop[bar] = Number.isNaN(this.standing) ? next : this.standing;
    this.standing = next;
  }

  /** As a session decides: an entry on the other side turns the position round, so it goes before an exit. */
  private decide(bar: number): void {
    const { direction, quantity } = this.market;
    for (const rule of this.rules.enters) {
      if (sideOf(rule) === direction || !this.holds(rule, bar)) continue;
      const planned = planEntry(rule, this.contextAt(bar));
      if (planned.kind === "order") {
        this.order = planned.order;
        return;
      }
      if (planned.kind === "absent") this.absentOrders++;
      else this.senselessOrders++;
    }
    if (direction === 0) return;
    for (const rule of this.rules.exits) {
      const applies = rule.side === null || sideOf(rule) === direction;
      if (!applies || !this.holds(rule, bar)) continue;
      const side = direction > 0 ? "sell" : "buy";
      this.order = { side, purpose: "exit", quantity, tag: rule.tag, children: [] };
      return;
    }
  }

  private holds({ when }: PlannedEnter | PlannedExit, bar: number): boolean {
    return this.evaluation.value(when, bar) === 1;
  }

  private contextAt(bar: number): DecisionContext {
    const { evaluation, market } = this;
    const { instrument } = market;
    const close = this.fields.close[bar];
    return {
      value: (column) => evaluation.value(column, bar),
      moneyPerPoint: () => instrument.moneyPerPoint(),
      // Only orders for a time ask for it.
      closeTime: () => NaN,
      ...{ instrument, equity: market.equity(close), close, id: "" },
    };
  }
}

/** The first bar that somebody wants to hear of. */
function unwantedUntil(wanted: Uint8Array, who: number, from: number, to: number): number {
  let i = from;
  while (i < to && (wanted[i] & who) === 0) i++;
  return i;
}

/** The same, or in which the protection may be met. */
function quietUntil(
  { high, low }: Fields,
  { below, above }: Pick<PlainMarket, "below" | "above">,
  { wanted, who, start }: { readonly wanted: Uint8Array; readonly who: number; readonly start: number },
  from: number,
  to: number,
): number {
  let i = from;
  while (i < to && (wanted[i - start] & who) === 0 && high[i] < below && low[i] > above) i++;
  return i;
}

const sideOf = ({ side }: Pick<PlannedExit, "side">): number => (side === "long" ? 1 : -1);
const other = (side: PlannedEnter["side"]): number => (side === "long" ? whoIsShort : whoIsLong);
