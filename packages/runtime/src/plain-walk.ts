import {
  chargesOn,
  Evaluation,
  freshRoom,
  isPlainMarket,
  PlainMarket,
  valuesOf,
  type Counts,
  type Fields,
  type MarketBlock,
  type PlainOrder,
} from "@bitfever/engine";
import { once, type Plan, type PlannedEnter, type PlannedExit } from "@bitfever/lang";
import { bareEntry, planEntry, type DecisionContext } from "./intents.js";
import { plainRulesOf, type PlainRules } from "./plain-rules.js";
import { tradedOn } from "./run.js";
import type { SessionWalkOptions } from "./session-walk.js";
import type { BacktestRun, Walk } from "./walk.js";

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
  const { markets = [], indicators, given, room = freshRoom } = options;
  const market = new PlainMarket(charges, fields, path, fills, initialCapital, room);
  const surroundings = { timing, instrument: instrument.specification, markets, indicators, given, room };
  const evaluation = new Evaluation(plan, longestBlock, surroundings);
  return new PlainWalk(evaluation, market, rules, plan.outputs, fields, longestBlock);
}

type Mutable<Shape> = { -readonly [Name in keyof Shape]: Shape[Name] };

/**
 * From one bar on which something happens to the next: what a session and its market do, to the last bit. On the bars
 * between, of which there are most, the account is marked and nothing else.
 */
class PlainWalk implements Walk {
  private readonly hasStops: boolean;
  /** What is sent for the next open. */
  private order: PlainOrder | null = null;
  /** The one order for all without protection: there are many. */
  private readonly bareOrder: Mutable<PlainOrder> = {
    ...{ purpose: "enter", side: "buy", quantity: NaN, tag: "", children: [] },
  };
  private absentOrders = 0;
  private senselessOrders = 0;
  /** The bar that is decided on, and what is known at its close: one for all, as there are many. */
  private bar = 0;
  private readonly context: Mutable<DecisionContext>;
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
    this.hasStops = rules.enters.some(({ stop }) => stop !== null);
    this.wanted = new Uint8Array(longestBlock);
    const { instrument } = market;
    this.context = {
      value: (column) => evaluation.value(column, this.bar),
      moneyPerPoint: () => instrument.moneyPerPoint(),
      // Only orders for a time ask for it.
      closeTime: () => NaN,
      ...{ instrument, equity: NaN, close: NaN, id: "" },
    };
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
    if (this.conditions.length === 0) wanted.fill(0);
    this.conditions.forEach(({ when, who }, place) => {
      const values = this.evaluation.newest(when);
      // The first is written: a pass less over the block.
      if (place === 0) for (let i = 0; i < values.length; i++) wanted[i] = values[i] === 1 ? who : 0;
      else for (let i = 0; i < values.length; i++) if (values[i] === 1) wanted[i] |= who;
    });
  }

  copyOutput(output: number, target: Float64Array): void {
    this.evaluation.copyNewest(this.outputs[output].column, target);
  }

  walk(from: number, to: number): void {
    const { market, wanted } = this;
    let i = this.order === null ? this.pass(from, to, from) : from;
    while (i < to) {
      if (this.order !== null) {
        market.barWith(this.order, i);
        this.order = null;
      } else market.bar(i);
      market.tell(i);
      if ((wanted[i - from] & this.who) !== 0 && this.evaluation.isWarm(i)) this.decide(i);
      i++;
      if (this.order === null) i = this.pass(i, to, from);
    }
  }

  end(atEnd: "mark" | "open" | "close"): void {
    if (atEnd !== "mark") this.market.closeAtEnd(atEnd);
  }

  outcome(outputs: readonly Float64Array[]): BacktestRun {
    const { ambiguousFills, reducedOrders, rejectedOrders } = this.market.counts;
    const counts: Counts = {
      ...{ ambiguousFills, reducedOrders, rejectedOrders: rejectedOrders + this.senselessOrders },
      ...{ absentOrders: this.absentOrders, closeFills: 0 },
    };
    const { trades, spells } = this.market;
    const { close } = this.fields;
    const lastPrice = close[close.length - 1] ?? NaN;
    const { equity } = spells;
    const record = { trades: trades.columns(lastPrice), equity, heldBars: spells.heldBars };
    const made = {
      trades: once(() => trades.told(lastPrice)),
      equity: once(() => valuesOf(equity)),
      position: once(() => spells.position()),
      stop: once(() => (this.hasStops ? spells.stops() : null)),
    };
    return {
      get trades() {
        return made.trades();
      },
      get equity() {
        return made.equity();
      },
      get position() {
        return made.position();
      },
      get stop() {
        return made.stop();
      },
      ...{ record, counts, outputs, cashFlows: [], limits: [], alerts: [], orders: [] },
      kernels: this.evaluation.kernels,
      magnifiedBars: null,
    };
  }

  private get who(): number {
    const { direction } = this.market;
    return direction === 0 ? whoIsFlat : direction > 0 ? whoIsLong : whoIsShort;
  }

  /** Passes the bars on which nobody wants to hear anything and nothing is met; says which comes then. */
  private pass(from: number, to: number, start: number): number {
    const { market, wanted, who } = this;
    return market.isGuarded
      ? quietUntil(this.fields, market, { wanted, who, start }, from, to)
      : unwantedUntil(wanted, who, from - start, to - start) + start;
  }

  /** As a session decides: an entry on the other side turns the position round, so it goes before an exit. */
  private decide(bar: number): void {
    const { direction, quantity } = this.market;
    for (const rule of this.rules.enters) {
      if (sideOf(rule) === direction || !this.holds(rule, bar)) continue;
      this.enter(rule, this.contextAt(bar));
      if (this.order !== null) return;
    }
    if (direction === 0) return;
    for (const rule of this.rules.exits) {
      const applies = rule.side === null || sideOf(rule) === direction;
      if (!applies || !this.holds(rule, bar)) continue;
      this.send("exit", direction > 0 ? "sell" : "buy", quantity, rule.tag);
      return;
    }
  }

  private enter(rule: PlannedEnter, context: DecisionContext): void {
    if (isProtected(rule)) {
      const planned = planEntry(rule, context);
      if (planned.kind === "order") this.order = planned.order;
      else if (planned.kind === "absent") this.absentOrders++;
      else this.senselessOrders++;
    } else {
      const quantity = bareEntry(rule, context);
      if (quantity > 0) this.send("enter", rule.side === "long" ? "buy" : "sell", quantity, rule.tag);
      else if (Number.isNaN(quantity)) this.absentOrders++;
      else this.senselessOrders++;
    }
  }

  private send(
    purpose: PlainOrder["purpose"],
    side: PlainOrder["side"],
    quantity: number,
    tag: string,
  ): void {
    const order = this.bareOrder;
    order.purpose = purpose;
    order.side = side;
    order.quantity = quantity;
    order.tag = tag;
    this.order = order;
  }

  private holds({ when }: PlannedEnter | PlannedExit, bar: number): boolean {
    return this.evaluation.value(when, bar) === 1;
  }

  private contextAt(bar: number): DecisionContext {
    const { context } = this;
    this.bar = bar;
    context.close = this.fields.close[bar];
    context.equity = this.market.equity(context.close);
    return context;
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

const isProtected = ({ stop, targets }: PlannedEnter): boolean => stop !== null || targets.length > 0;
const sideOf = ({ side }: Pick<PlannedExit, "side">): number => (side === "long" ? 1 : -1);
const other = (side: PlannedEnter["side"]): number => (side === "long" ? whoIsShort : whoIsLong);
