import { BitFeverError, intervalName, type Plan, type PlannedRebalance } from "@bitfever/lang";
import {
  fieldsOf,
  termsOf,
  type Bars,
  type Conversion,
  type Counts,
  type ExternalFlow,
  type Fields,
  type Fill,
  type HeldAction,
  type Instrument,
  type LimitUse,
  type Matching,
  type Settings,
  type Timing,
  recordOf,
} from "@bitfever/engine";
import { letPass, nextDue } from "./resting.js";
import { sharedAccount, type SharedAccount } from "../account.js";
import { flowsOfAll } from "./flows-of-all.js";
import { HeldActions } from "../held-actions.js";
import { barAt, emptyBar, readBar, type Row } from "../row.js";
import {
  besideBars,
  marketBlock,
  marketSurroundings,
  marketsRead,
  type MarketHistory,
  type MarketRead,
} from "../markets.js";
import { computeTogether } from "./computed-together.js";
import { heldShare, settleMembers, type UniverseMember } from "./member.js";
import { RebalanceClock } from "./rebalance-clock.js";
import { rebalanced, type Asked } from "./rebalance.js";
import {
  checkClock,
  instrumentOf,
  simulation,
  timingFor,
  type MeasuredRun,
  type SimulationOptions,
  ordersOf,
} from "../run.js";
import type { Session } from "../session.js";
import { simulateEnd, tell, type OnFill } from "../simulate.js";
import { timelineOf, type Timeline } from "./timeline.js";

export interface PortfolioOptions {
  readonly plan: Plan;
  readonly settings: Settings;
  readonly instruments?: SimulationOptions["instruments"];
  readonly quotes?: SimulationOptions["quotes"];
  /** The bars of each member; their order does not matter. */
  readonly members: readonly Bars[];
  /** What happens to who holds a member, by symbol and in order of time. */
  readonly actions?: ReadonlyMap<string, readonly HeldAction[]> | undefined;
  /** Bars of the other markets of the plan, by symbol. */
  readonly markets?: ReadonlyMap<string, Bars>;
  readonly indicators?: SimulationOptions["indicators"];
  /** What is put into the account and taken out of it while it runs. */
  readonly flows?: readonly ExternalFlow[] | undefined;
  /** Nothing is traded on bars before this time; members are traded as soon as they are warm where not given. */
  readonly tradesFrom?: number | undefined;
  /**
   * Moments computed at once; the result does not depend on it. Left out, as many as keep the columns of hundreds of members
   * small.
   */
  readonly blockLength?: number | undefined;
  /** Whether fills say what decided them. */
  readonly explains?: boolean;
  /** Whether a log of all orders is kept. */
  readonly logsOrders?: boolean | undefined;
  /** Told of every fill, as they happen. */
  readonly onFill?: (symbol: string, fill: Fill) => void;
  /** Whether the outputs of the plan are kept: of many members they take much memory. */
  readonly withOutputs?: boolean;
}

/** One value per moment: `position` is what is held, long and short together, as a share of equity. */
export interface PortfolioRun extends MeasuredRun {
  readonly time: Float64Array;
  readonly symbols: readonly string[];
  /**
   * Of each member, beside `symbols`: the outputs of the plan at the moments, absent where it has no bar. Empty unless
   * asked for.
   */
  readonly outputs: readonly (readonly Float64Array[])[];
}

/** A member of the universe at work. */
interface Member extends UniverseMember {
  readonly symbol: string;
  readonly fields: Fields;
  readonly momentOf: Int32Array;
  readonly instrument: Instrument;
  readonly session: Session;
  readonly venue: Matching;
  readonly conversion: Conversion | undefined;
  readonly markets: readonly MarketHistory[];
  readonly onFill: OnFill;
  readonly actions: HeldActions | undefined;
  /** The newest bar that has been told. */
  readonly bar: Row;
  /** Its bars up to here are prepared. */
  prepared: number;
  /** Its bars up to here have been told, or let pass. */
  told: number;
  /** The moment of the next bar that it has to hear of; until then it holds nothing and waits for nothing. */
  asleepUntil: number;
  /** Its last close; NaN before its first bar. */
  close: number;
}

/**
 * The shell of a backtest of many instruments on one account: at each moment first what the market did to all orders,
 * then all decisions, at the same equity, then the rebalancing of the whole, and then all new orders.
 *
 * @throws BitFeverError BF5005 for bars of another interval, BF5046 for a market without bars, BF5048 for a symbol that
 *   comes twice
 */
export function* portfolio(options: PortfolioOptions): Generator<number, PortfolioRun> {
  const { plan, settings, blockLength = 256 } = options;
  const bars = inOrder(plan, options.members);
  const timeline = timelineOf(bars);
  const total = timeline.time.length;
  const money = instrumentOf("", settings, plan.fills);
  const shared = sharedAccount(money, settings.initial_capital);
  const longest = Math.min(blockLength, total);
  const markets = marketsRead(plan, settings, options.markets ?? new Map());
  const members = bars.map((each, i) =>
    memberOf(each, timeline.momentOf[i], { ...options, shared, longest, markets }),
  );
  const calendar = commonCalendar(bars, options.instruments);
  const rebalances = rebalancesOf(plan, timeline, timingFor(plan, settings, bars[0]?.intervalMs, calendar));
  const dueAfter = nextDue(rebalances, total);
  const external = flowsOfAll(members, shared, money, options.flows ?? []);
  const equity = new Float64Array(total);
  const position = new Float64Array(total);
  let now: number | undefined;
  let awake: readonly Member[] = members;
  let turnsAt = 0;
  const outputs = options.withOutputs === true ? members.map(() => absentOutputs(plan, total)) : [];

  for (let from = 0; from < total; from += blockLength) {
    const to = Math.min(from + blockLength, total);
    const blocks = prepare(members, to);
    outputs.forEach((kept, i) => {
      keepOutputs(kept, members[i].session, blocks[i]);
    });
    for (let moment = from; moment < to; moment++) {
      const time = timeline.time[moment];
      if (moment >= turnsAt) {
        awake = members.filter(({ asleepUntil }) => asleepUntil <= moment);
        turnsAt = Math.min(
          ...members.map((each) => (each.asleepUntil > moment ? each.asleepUntil : Infinity)),
        );
      }
      const present = awake.filter(({ momentOf, told }) => momentOf[told] === moment);
      for (const member of present) act(member, time);
      if (time >= external.next) external.at(time, present);
      match(present);
      now = endOf(present, time, now);
      settleMembers(shared, awake, money, now);
      const asked: Asked<Member>[] = [];
      for (const member of present) {
        const commands = member.session.on({ kind: "bar", bar: member.bar });
        if (commands.length > 0) asked.push({ member, commands });
      }
      const { equity: worth } = shared;
      for (const { planned, isDue } of rebalances)
        if (isDue(moment))
          asked.push(...rebalanced(planned, { members, present, equity: worth, money, moment, time, now }));
      for (const { member, commands } of asked)
        for (const command of commands) tell(member.session, member.venue.command(command), member.onFill);
      equity[moment] = shared.equity;
      position[moment] = heldShare(awake, shared.equity, money, now);
      for (const member of present) if (letPass(member, dueAfter[moment])) turnsAt = moment + 1;
    }
    yield to;
  }
  for (const { session, venue, onFill } of members) simulateEnd(session, venue, settings.at_end, onFill);
  if (total > 0) {
    settleMembers(shared, members, money, now);
    equity[total - 1] = shared.equity;
  }
  const outcome = outcomeOf(members, now);
  return {
    ...outcome,
    cashFlows: [...external.cashFlows, ...outcome.cashFlows].sort((a, b) => a.time - b.time),
    time: timeline.time,
    symbols: members.map(({ symbol }) => symbol),
    ...{ equity, position, outputs, record: recordOf({ trades: outcome.trades, equity, position }) },
  };
}

/** The calendar of the instruments, where all have the same. */
export function commonCalendar(
  members: readonly Pick<Bars, "symbol">[],
  instruments: SimulationOptions["instruments"] = {},
): string | null {
  const calendars = new Set(members.map(({ symbol }) => termsOf(symbol, instruments).calendar ?? null));
  const [first = null] = calendars;
  return calendars.size === 1 ? first : null;
}

const absentOutputs = ({ outputs }: Plan, length: number): readonly Float64Array[] =>
  outputs.map(() => new Float64Array(length).fill(NaN));

/** Writes what a member has come to on its newest bars at the moments at which it has them. */
function keepOutputs(kept: readonly Float64Array[], session: Session, moments: Int32Array): void {
  const values = new Float64Array(moments.length);
  kept.forEach((each, k) => {
    session.copyOutput(k, values);
    values.forEach((value, i) => (each[moments[i]] = value));
  });
}

/** By symbol, so that a result does not depend on the order in which files were found. */
function inOrder(plan: Plan, members: readonly Bars[]): readonly Bars[] {
  const bars = [...members].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  for (const [i, { symbol, intervalMs }] of bars.entries()) {
    checkClock(plan, intervalMs);
    if (i === 0) continue;
    if (bars[i - 1].symbol === symbol)
      throw new BitFeverError("BF5048", `there are two histories of ${symbol}`, {
        hint: "each member of a universe has one",
      });
    if (intervalMs !== bars[0].intervalMs && intervalMs > 0 && bars[0].intervalMs > 0)
      throw new BitFeverError(
        "BF5005",
        `bars of ${symbol} are ${intervalName(intervalMs)} apart, those of ${bars[0].symbol} ${intervalName(bars[0].intervalMs)}`,
        { hint: "the members of a universe need bars of one interval" },
      );
  }
  return bars;
}

interface MemberOptions extends Pick<
  PortfolioOptions,
  | "plan"
  | "settings"
  | "instruments"
  | "quotes"
  | "indicators"
  | "onFill"
  | "explains"
  | "actions"
  | "logsOrders"
  | "tradesFrom"
> {
  readonly shared: SharedAccount;
  readonly longest: number;
  readonly markets: readonly MarketRead[];
}

function memberOf(
  bars: Bars,
  momentOf: Int32Array,
  { plan: planned, settings, instruments = {}, shared, longest, markets, onFill, ...given }: MemberOptions,
): Member {
  const { symbol, intervalMs } = bars;
  const plan = warmUntil(planned, bars, given.tradesFrom);
  const timing = timingFor(plan, settings, intervalMs, termsOf(symbol, instruments).calendar);
  const ofMember = given.actions?.get(symbol);
  const histories = besideBars(markets, { time: bars.time, timing });
  const block = Math.min(longest, bars.length);
  const surroundings = marketSurroundings(histories, block);
  const { instrument, session, venue, conversion } = simulation(
    {
      ...{ plan, symbol, settings, instruments, intervalMs, shared, markets: surroundings },
      ...{ quotes: given.quotes, indicators: given.indicators, explains: given.explains },
      logsOrders: given.logsOrders,
    },
    block,
  );
  // Written out: a literal that begins with a spread gives each member a shape of its own on Node 20, and whoever
  // goes through all members at each moment then looks up every name anew.
  return {
    symbol,
    momentOf,
    prepared: 0,
    told: 0,
    asleepUntil: 0,
    close: NaN,
    momentAgo(ago) {
      return this.momentOf[this.told - 1 - ago];
    },
    bar: emptyBar(),
    fields: fieldsOf(bars, timing),
    markets: histories,
    actions: ofMember && new HeldActions(ofMember),
    onFill: (fill) => onFill?.(symbol, fill),
    instrument,
    session,
    venue,
    conversion,
  };
}

/** A plan under which a member is not traded before a time: its warm-up is as long as its bars before that. */
function warmUntil(plan: Plan, { time, length }: Bars, tradesFrom: number | undefined): Plan {
  if (tradesFrom === undefined) return plan;
  const first = time.findIndex((each) => each >= tradesFrom);
  return { ...plan, warmup: Math.max(plan.warmup, first < 0 ? length : first) };
}

/**
 * Computes all that depends on bars alone before a moment, comparing the members where the plan says so; the moments of
 * the bars of each.
 */
function prepare(members: readonly Member[], moment: number): readonly Int32Array[] {
  const blocks = members.map((member) => {
    const from = member.prepared;
    let to = from;
    while (to < member.momentOf.length && member.momentOf[to] < moment) to++;
    member.prepared = to;
    const markets = member.markets.map((each) => marketBlock(each, from, to));
    member.session.evaluation.begin(member.fields, from, to, markets);
    return member.momentOf.subarray(from, to);
  });
  computeTogether(members, blocks);
  return blocks;
}

/** What corporate actions do to who holds a member at the open of its next bar. */
function act({ actions, session, venue, fields, told }: Member, time: number): void {
  if (actions === undefined || time < actions.next) return;
  const bar = barAt(fields, told);
  tell(session, venue.begin(bar));
  actions.take(bar, (event) => void session.on(event), venue);
}

/** What the bars of a moment do to the orders that rest; what sets money free goes first. */
function match(present: readonly Member[]): void {
  const sellers = present.filter(({ venue }) => venue.isReducing);
  const others = sellers.length === 0 ? present : present.filter((each) => !sellers.includes(each));
  for (const group of [sellers, others])
    for (const member of group) {
      const bar = readBar(member.fields, member.told, member.bar);
      tell(member.session, member.venue.bar(bar), member.onFill);
      member.close = bar.close;
      member.told++;
    }
}

/** When the last of the bars of a moment is over; undefined, and of no interest, where no money is converted. */
function endOf(present: readonly Member[], time: number, before: number | undefined): number | undefined {
  let end = before;
  for (const { conversion } of present)
    if (conversion !== undefined) end = Math.max(end ?? -Infinity, conversion.closeOf(time));
  return end;
}

/** For each rebalance whether it is due at each moment. */
const rebalancesOf = ({ universe }: Plan, { time }: Timeline, timing: Timing): readonly DueRebalance[] =>
  (universe?.rebalances ?? []).map((planned) => {
    const due = new RebalanceClock(planned.every, timing).advance(time);
    return { planned, isDue: (moment) => due[moment] === 1 };
  });

interface DueRebalance {
  readonly planned: PlannedRebalance;
  readonly isDue: (moment: number) => boolean;
}

const noCounts: Counts = {
  ambiguousFills: 0,
  reducedOrders: 0,
  rejectedOrders: 0,
  absentOrders: 0,
  closeFills: 0,
};

function outcomeOf(
  members: readonly Member[],
  now: number | undefined,
): Omit<MeasuredRun, "record" | "equity" | "position"> {
  const counts = { ...noCounts } as Record<keyof Counts, number>;
  for (const { session } of members)
    for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] += session.counts[name];
  const trades = members.flatMap(({ symbol, session, close, momentOf }) =>
    session.trades(close, now).map((each) => ({
      symbol,
      ...each,
      entryBar: momentOf[each.entryBar],
      exitBar: each.exitBar === null ? null : momentOf[each.exitBar],
    })),
  );
  return {
    trades: trades.sort((a, b) => a.entryTime - b.entryTime),
    counts,
    cashFlows: members
      .flatMap(({ symbol, session }) => session.cashFlows.map((each) => ({ symbol, ...each })))
      .sort((a, b) => a.time - b.time),
    limits: limitsOf(members),
    orders: members
      .flatMap(({ symbol, venue }) => ordersOf(venue).map((each) => ({ symbol, ...each })))
      .sort((a, b) => a.sentTime - b.sentTime),
    alerts: members
      .flatMap(({ symbol, session }) =>
        session.sentAlerts.map(({ time, text }) => ({ time, text: `${symbol}: ${text}` })),
      )
      .sort((a, b) => a.time - b.time),
  };
}

/** Each member looks at the account, so what one of them saw most often is how often it happened. */
function limitsOf(members: readonly Member[]): readonly LimitUse[] {
  const [first, ...more] = members.map(({ session }) => session.limitUses);
  return (first ?? []).map((each, i) => ({
    ...each,
    fired: Math.max(each.fired, ...more.map((uses) => uses[i].fired)),
  }));
}
