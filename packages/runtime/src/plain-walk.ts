import {
  chargesOn,
  Evaluation,
  freshRoom,
  isPlainMarket,
  PlainMarket,
  readAhead,
  valuesOf,
  type Counts,
  type Fields,
  type MarketBlock,
  type Mutable,
  type PlainOrder,
  type Signals,
} from "@bitfever/engine";
import { columnsOf, once, type Plan, type PlannedEnter, type PlannedExit } from "@bitfever/lang";
import { bareEntry, planEntry, type DecisionContext } from "./intents.js";
import { plainRulesOf, type PlainRules } from "./plain-rules.js";
import { tradedOn } from "./run.js";
import type { SessionWalkOptions } from "./session-walk.js";
import type { BacktestRun, Walk } from "./walk.js";

/** To write and compile a loop for fewer takes longer than it saves, where it is not used again. */
const fewBars = 20_000;

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
  const {
    markets = [],
    indicators,
    given,
    room = freshRoom,
    isFused = isWorthALoop(options, fields),
  } = options;
  const market = new PlainMarket(charges, fields, path, fills, initialCapital, room);
  const all = [...rules.enters, ...rules.exits];
  // The condition comes first; as a size or a price it may be read as well.
  const read = all.flatMap((rule) => columnsOf(rule).slice(1));
  const evaluation = new Evaluation(plan, longestBlock, {
    timing,
    instrument: instrument.specification,
    markets,
    indicators,
    given,
    room,
    conditions: all.map(({ when }) => when),
    reads: isFused ? [...read, ...plan.outputs.map(({ column }) => column)] : undefined,
  });
  return new PlainWalk(evaluation, market, rules, plan.outputs, fields);
}

const isWorthALoop = ({ room }: SessionWalkOptions, { time }: Fields): boolean =>
  room !== undefined || time.length >= fewBars;

/**
 * What a plain walk has come to. What is read later is made then, of the market alone and not of all that the run was computed with.
 * A class, since a literal with getters has a hidden class of its own each time, which only a full collection frees.
 */
class PlainRun implements BacktestRun {
  readonly record: BacktestRun["record"];
  readonly counts: Counts;
  readonly outputs: readonly Float64Array[];
  readonly kernels: number;
  readonly cashFlows = [];
  readonly limits = [];
  readonly alerts = [];
  readonly orders = [];
  readonly magnifiedBars = null;
  private readonly told: () => BacktestRun["trades"];
  private readonly atBars: () => BacktestRun["equity"];
  private readonly held: () => BacktestRun["position"];
  private readonly stops: () => BacktestRun["stop"];

  constructor(
    { trades, spells }: Pick<PlainMarket, "trades" | "spells">,
    {
      lastPrice,
      hasStops,
      ...made
    }: Pick<BacktestRun, "counts" | "outputs" | "kernels"> & {
      readonly lastPrice: number;
      readonly hasStops: boolean;
    },
  ) {
    const { equity } = spells;
    this.record = { trades: trades.columns(lastPrice), equity, heldBars: spells.heldBars };
    this.counts = made.counts;
    this.outputs = made.outputs;
    this.kernels = made.kernels;
    this.told = once(() => trades.told(lastPrice));
    this.atBars = once(() => valuesOf(equity));
    this.held = once(() => spells.position());
    this.stops = once(() => (hasStops ? spells.stops() : null));
  }

  get trades(): BacktestRun["trades"] {
    return this.told();
  }

  get equity(): BacktestRun["equity"] {
    return this.atBars();
  }

  get position(): BacktestRun["position"] {
    return this.held();
  }

  get stop(): BacktestRun["stop"] {
    return this.stops();
  }
}

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
    purpose: "enter",
    side: "buy",
    quantity: NaN,
    tag: "",
    children: [],
  };
  private absentOrders = 0;
  private senselessOrders = 0;
  /** The bar that is decided on, and what is known at its close: one for all, as there are many. */
  private bar = 0;
  private readonly context: Mutable<DecisionContext>;
  /** The rules that matter, as bits, by what is held: short, nothing and long. */
  private readonly heard: readonly number[];
  /** The first bar of the newest block, and which of those with a signal is the next. */
  private start = 0;
  private next = 0;

  constructor(
    private readonly evaluation: Evaluation,
    private readonly market: PlainMarket,
    private readonly rules: PlainRules,
    private readonly outputs: Plan["outputs"],
    private readonly fields: Fields,
  ) {
    this.hasStops = rules.enters.some(({ stop }) => stop !== null);
    const { instrument } = market;
    this.context = {
      value: (column) => evaluation.value(column, this.bar),
      moneyPerPoint: () => instrument.moneyPerPoint(),
      // Only orders for a time ask for it.
      closeTime: () => NaN,
      instrument,
      equity: NaN,
      close: NaN,
      id: "",
    };
    this.heard = [-1, 0, 1].map((direction) => {
      const enters = rules.enters.map((rule) => sideOf(rule) !== direction);
      const exits = rules.exits.map((rule) => direction !== 0 && ends(rule, direction));
      return [...enters, ...exits].reduce((bits, matters, bit) => bits | (Number(matters) << bit), 0);
    });
  }

  prepare(from: number, to: number, markets: readonly MarketBlock[]): void {
    this.evaluation.append(this.fields, from, to, markets);
    const { bars, count } = this.evaluation.signals;
    // What is decided at a close is filled at the next open.
    readAhead(this.fields.close, bars, count, from);
    readAhead(this.fields.open, bars, count, from + 1);
    this.start = from;
    this.next = 0;
  }

  copyOutput(output: number, target: Float64Array): void {
    this.evaluation.copyNewest(this.outputs[output].column, target);
  }

  walk(from: number, to: number): void {
    const { market } = this;
    let i = this.order === null ? this.pass(from, to) : from;
    while (i < to) {
      if (this.order !== null) {
        market.barWith(this.order, i);
        this.order = null;
        market.tell(i);
      } else if (market.isGuarded) {
        market.bar(i);
        market.tell(i);
      }
      this.decide(i);
      i++;
      if (this.order === null) i = this.pass(i, to);
    }
  }

  end(atEnd: "mark" | "open" | "close"): void {
    if (atEnd !== "mark") this.market.closeAtEnd(atEnd);
  }

  outcome(outputs: readonly Float64Array[]): BacktestRun {
    const { ambiguousFills, reducedOrders, rejectedOrders } = this.market.counts;
    const counts: Counts = {
      ambiguousFills,
      reducedOrders,
      rejectedOrders: rejectedOrders + this.senselessOrders,
      absentOrders: this.absentOrders,
      closeFills: 0,
    };
    const { close } = this.fields;
    const lastPrice = close[close.length - 1] ?? NaN;
    const { hasStops, market, evaluation } = this;
    return new PlainRun(market, { lastPrice, hasStops, counts, outputs, kernels: evaluation.kernels });
  }

  /** Passes the bars on which nothing is said that matters and nothing is met; says which comes then. */
  private pass(from: number, to: number): number {
    const { market, start } = this;
    const { signals } = this.evaluation;
    const heard = this.heard[market.direction + 1];
    if (market.isGuarded) return quietUntil(this.fields, market, { signals, heard, start }, from, to);
    const { words, bars, count } = signals;
    let { next } = this;
    while (next < count && (bars[next] < from - start || (words[bars[next]] & heard) === 0)) next++;
    this.next = next;
    return next < count ? bars[next] + start : to;
  }

  /** As a session decides: an entry on the other side turns the position round, so it goes before an exit. */
  private decide(bar: number): void {
    const { direction, quantity } = this.market;
    const { enters, exits } = this.rules;
    const holding = this.evaluation.signals.words[bar - this.start] & this.heard[direction + 1];
    if (holding === 0 || !this.evaluation.isWarm(bar)) return;
    for (let k = 0; k < enters.length; k++)
      if (isIn(holding, k)) {
        this.enter(enters[k], this.contextAt(bar));
        if (this.order !== null) return;
      }
    for (let k = 0; k < exits.length; k++)
      if (isIn(holding, enters.length + k)) {
        this.send("exit", direction > 0 ? "sell" : "buy", quantity, exits[k].tag);
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

  private contextAt(bar: number): DecisionContext {
    const { context } = this;
    this.bar = bar;
    context.close = this.fields.close[bar];
    context.equity = this.market.equity(context.close);
    return context;
  }
}

/** The first bar on which something is said that matters, or in which the protection may be met. */
function quietUntil(
  { high, low }: Fields,
  { below, above }: Pick<PlainMarket, "below" | "above">,
  said: { readonly signals: Signals; readonly heard: number; readonly start: number },
  from: number,
  to: number,
): number {
  const {
    signals: { words },
    heard,
    start,
  } = said;
  let i = from;
  while (i < to && (words[i - start] & heard) === 0 && high[i] < below && low[i] > above) i++;
  return i;
}

const isIn = (bits: number, bit: number): boolean => ((bits >> bit) & 1) === 1;
/** Whether a rule ends a position of a direction. */
const ends = ({ side }: PlannedExit, direction: number): boolean =>
  side === null || sideOf({ side }) === direction;
const isProtected = ({ stop, targets }: PlannedEnter): boolean => stop !== null || targets.length > 0;
const sideOf = ({ side }: Pick<PlannedExit, "side">): number => (side === "long" ? 1 : -1);
