import {
  closeTimeOf,
  decide,
  type EquityFilter,
  type Matching,
  type MatchingSnapshot,
  type Timing,
} from "@bitfever/engine";
import type { ClosedBar } from "../contract.js";
import type { Verdict } from "../limiter.js";
import type { Session, SessionSnapshot } from "../session.js";
import { simulateBar } from "../simulate.js";

/** By what a strategy is switched on and off. */
export interface SwitchRule {
  readonly filter: EquityFilter;
  /** Of its parameters, in their order. */
  readonly values: readonly number[];
  /** What becomes of a position that is open at the switch: closed at the next open, or left to its own exits. */
  readonly whenOff: "close" | "run";
}

interface EquitySwitchOptions extends SwitchRule {
  /** The strategy as it would be if it were never switched off, with a market of its own. */
  readonly session: Session;
  readonly venue: Matching;
  readonly timing: Timing;
  readonly initialCapital: number;
}

export interface EquitySwitchSnapshot {
  readonly session: SessionSnapshot;
  readonly venue: MatchingSnapshot;
  readonly isOn: boolean;
  readonly equity: readonly number[];
  readonly last: number;
  /** Null where the session has been decided on. */
  readonly sessionClose: number | null;
}

/**
 * Switches a strategy on and off by a filter over its equity as that would be if it were never switched off: its shadow trades
 * the same bars on a simulated market of its own, at the costs of a backtest. The filter answers at the close of each session
 * for the next one, as in a backtest of a portfolio.
 */
export class EquitySwitch {
  /** Whether the strategy is held. */
  isOn = true;
  private equity: number[];
  private profits: readonly number[] = [];
  /** The equity of the shadow at its last bar. */
  private last: number;
  /** When the session closes that is open; null before the first, and once its last bar was heard of. */
  private sessionClose: number | null = null;
  private readonly closeOf: (time: number) => number;

  constructor(private readonly options: EquitySwitchOptions) {
    const { initialCapital, timing } = options;
    this.equity = [initialCapital];
    this.last = initialCapital;
    this.closeOf = closeTimeOf(timing);
  }

  /** The filter with its values, in words. */
  get rule(): string {
    const { filter, values } = this.options;
    const parts = filter.parameters.map(({ name }, i) => `${name} ${values[i]}`);
    return [filter.name, ...parts].join(", ");
  }

  /** What the strategy is to do about it at the close of a bar. */
  get verdict(): Verdict {
    if (this.isOn) return "pass";
    return this.options.whenOff === "close" ? "flatten" : "block";
  }

  /** A bar of another market that the strategy reads, by its place in the plan. */
  market(market: number, bar: ClosedBar): void {
    this.options.session.on({ kind: "market", market, bar });
  }

  /**
   * A bar of its own has closed. Which bar is the last of a session the calendar says; where that did not come, the first bar of
   * a later session does.
   */
  bar(bar: ClosedBar): void {
    const { session, venue, timing } = this.options;
    if (this.sessionClose !== null && bar.time >= this.sessionClose) this.decide();
    simulateBar(session, venue, bar);
    this.last = session.equity(bar.close);
    const { calendar, isDated } = timing;
    this.sessionClose = isDated ? -Infinity : calendar.sessionAt(bar.time).close;
    if (this.closeOf(bar.time) >= this.sessionClose) this.decide();
  }

  snapshot(): EquitySwitchSnapshot {
    const { session, venue } = this.options;
    const { isOn, equity, last, sessionClose } = this;
    return {
      ...{ session: session.snapshot(), venue: venue.snapshot() },
      ...{ isOn, equity: [...equity], last, sessionClose },
    };
  }

  restore(snapshot: EquitySwitchSnapshot): void {
    const { session, venue } = this.options;
    session.restore(snapshot.session);
    venue.restore(snapshot.venue);
    this.isOn = snapshot.isOn;
    this.equity = [...snapshot.equity];
    this.last = snapshot.last;
    this.sessionClose = snapshot.sessionClose;
    this.profits = session.profitsFrom(0);
  }

  private decide(): void {
    const { filter, values, session } = this.options;
    this.sessionClose = null;
    this.equity.push(this.last);
    const more = session.profitsFrom(this.profits.length);
    if (more.length > 0) this.profits = [...this.profits, ...more];
    this.isOn = decide(filter, values, {
      equity: Float64Array.from(this.equity),
      profits: Float64Array.from(this.profits),
    });
  }
}
