import type { PlannedRebalance } from "@bitfever/lang";
import type { ClockState, Command, Conversion, Instrument, Timing } from "@bitfever/engine";
import type { SharedAccount } from "../account.js";
import type { ClosedBar } from "../contract.js";
import type { Session } from "../session.js";
import { computeApart, computeTogether } from "./computed-together.js";
import { settleMembers, type UniverseMember } from "./member.js";
import { momentsLookedBackOn, rebalanced, type Asked } from "./rebalance.js";
import { RebalanceClock } from "./rebalance-clock.js";

export interface UniverseOptions {
  /** In the order of their symbols. */
  readonly members: readonly {
    readonly symbol: string;
    readonly session: Session;
    readonly instrument: Instrument;
    readonly conversion: Conversion | undefined;
  }[];
  readonly rebalances: readonly PlannedRebalance[];
  readonly shared: SharedAccount;
  /** Of the account. */
  readonly money: Instrument;
  /** Of the members in common. */
  readonly timing: Timing;
}

export interface UniverseSnapshot {
  readonly moment: number;
  readonly time: number;
  /** Null where no money is converted. */
  readonly now: number | null;
  readonly account: Omit<SharedAccount, "purse" | "till">;
  readonly clocks: readonly (ClockState | null)[];
  readonly members: readonly { readonly close: number; readonly moments: readonly number[] }[];
}

/** A bar of a member that has closed. */
export interface MemberBar {
  readonly symbol: string;
  readonly bar: ClosedBar;
}

/** A member that hears bar after bar. */
class HeardMember implements UniverseMember {
  close = NaN;
  /** Of its newest bars, as many as somebody looks back on. */
  moments: number[] = [];
  readonly symbol: string;
  readonly session: Session;
  readonly instrument: Instrument;
  readonly conversion: Conversion | undefined;

  constructor(
    { symbol, session, instrument, conversion }: UniverseOptions["members"][number],
    private readonly mostMoments: number,
  ) {
    this.symbol = symbol;
    this.session = session;
    this.instrument = instrument;
    this.conversion = conversion;
  }

  hear(bar: ClosedBar, moment: number): void {
    this.close = bar.close;
    if (this.moments.length >= 2 * this.mostMoments) this.moments.splice(0, this.mostMoments);
    this.moments.push(moment);
    this.session.begin(bar);
  }

  momentAgo(bars: number): number | undefined {
    return this.moments[this.moments.length - 1 - bars];
  }
}

/**
 * The sessions of a strategy on one account, told of the closes of one moment after the other: first all are computed and
 * compared, then all decide at the same equity, then the whole is rebalanced. It is what a backtest of a universe does with
 * blocks of moments.
 */
export class Universe {
  private readonly members: readonly HeardMember[];
  private readonly clocks: readonly RebalanceClock[];
  private moment = -1;
  private time = -Infinity;
  private now: number | undefined;

  constructor(private readonly options: UniverseOptions) {
    const { members, rebalances, timing } = options;
    const mostMoments = momentsLookedBackOn(rebalances) + 1;
    this.members = members.map((each) => new HeardMember(each, mostMoments));
    this.clocks = rebalances.map(({ every }) => new RebalanceClock(every, timing));
  }

  /**
   * Bars of members that closed at one instant. Those of a moment that was decided without them are computed apart, are
   * absent where the others were compared, and rebalance nothing.
   */
  on(
    bars: readonly MemberBar[],
  ): readonly { readonly symbol: string; readonly commands: readonly Command[] }[] {
    const { shared, money, rebalances } = this.options;
    const heard = new Map(bars.map(({ symbol, bar }) => [symbol, bar]));
    const told = this.members.flatMap((member) => {
      const bar = heard.get(member.symbol);
      return bar === undefined ? [] : [{ member, bar }];
    });
    const present = told.map(({ member }) => member);
    const time = Math.max(...told.map(({ bar }) => bar.time));
    const isLate = time <= this.time;
    if (!isLate) this.moment++;
    for (const { member, bar } of told) member.hear(bar, this.moment);
    if (isLate) computeApart(present);
    else
      computeTogether(
        present,
        present.map(() => [this.moment]),
      );
    for (const { conversion } of present)
      if (conversion !== undefined) this.now = Math.max(this.now ?? -Infinity, conversion.closeOf(time));
    settleMembers(shared, this.members, money, this.now);
    const asked: Asked<HeardMember>[] = told.map(({ member, bar }) => ({
      member,
      commands: member.session.on({ kind: "bar", bar }),
    }));
    if (!isLate) {
      this.time = time;
      const { members, moment, now } = this;
      const whole = { members, present, equity: shared.equity, money, moment, time, now };
      for (const [i, planned] of rebalances.entries())
        if (this.clocks[i].advance(Float64Array.of(time))[0] === 1) asked.push(...rebalanced(planned, whole));
    }
    return asked.flatMap(({ member: { symbol }, commands }) =>
      commands.length === 0 ? [] : [{ symbol, commands }],
    );
  }

  /** Decimal money of all members together, at prices by symbol; 0 where there is none. */
  equity(priceOf: (symbol: string) => number): number {
    const { shared, money } = this.options;
    const marked = this.members.reduce(
      (sum, { symbol, session }) => money.sum(sum, session.marked(priceOf(symbol), this.now)),
      0,
    );
    return money.moneyDecimal(money.sum(shared.purse.cash, marked));
  }

  /** Decimal money that no member holds anything for. */
  get cash(): number {
    const { shared, money } = this.options;
    return money.moneyDecimal(shared.purse.cash);
  }

  snapshot(): UniverseSnapshot {
    const { moment, time, now, clocks, members, options } = this;
    const { capital, equity, highest, maxDrawdown } = options.shared;
    return {
      ...{ moment, time, now: now ?? null },
      account: { capital, equity, highest, maxDrawdown },
      clocks: clocks.map((each) => each.snapshot()),
      members: members.map(({ close, moments }) => ({ close, moments: [...moments] })),
    };
  }

  /** Sessions and venue are restored by whoever keeps them. */
  restore({ moment, time, now, account, clocks, members }: UniverseSnapshot): void {
    this.moment = moment;
    this.time = time;
    this.now = now ?? undefined;
    Object.assign(this.options.shared, account);
    for (const [i, each] of this.clocks.entries()) each.restore(clocks[i]);
    for (const [i, each] of this.members.entries()) {
      each.close = members[i].close;
      each.moments = [...members[i].moments];
    }
  }
}
