import {
  recordOf,
  termsOf,
  type Bars,
  type Fields,
  type MarketBlock,
  type Matching,
  type Room,
} from "@bitfever/engine";
import { Magnifier } from "./magnifier.js";
import { openingOf, type Opening } from "./opening.js";
import { barAt, readBar, type Row } from "./row.js";
import { outcome, simulation, timingFor, type SimulationOptions } from "./run.js";
import type { Session } from "./session.js";
import { simulateBar, simulateEnd, type OnFill } from "./simulate.js";
import type { BacktestRun, Walk } from "./walk.js";

export interface SessionWalkOptions extends SimulationOptions {
  readonly onFill?: OnFill;
  /** Finer bars of the same market, along which orders are met where there are any. */
  readonly finer?: Bars | undefined;
  /**
   * Whether a plain walk computes conditions in one loop; left out, where there are many bars, or a room that is used
   * again. The result does not depend on it.
   */
  readonly isFused?: boolean | undefined;
  /** Where a plain walk takes its columns from; left out, they are new. */
  readonly room?: Room | undefined;
}

/** A walk of any strategy, bar by bar. */
export function sessionWalkOf(options: SessionWalkOptions, fields: Fields, longestBlock: number): Walk {
  const simulated = simulation(options, longestBlock);
  const { symbol, plan, settings, instruments = {}, intervalMs, finer } = options;
  const { calendar } = termsOf(symbol, instruments);
  const magnifier = finer && new Magnifier(finer, timingFor(plan, settings, intervalMs, calendar));
  const hasStops = plan.rules.some((rule) =>
    rule.kind === "exit"
      ? rule.form.kind.startsWith("stop")
      : rule.kind === "enter" && (rule.stop !== null || rule.trail !== null),
  );
  return new SessionWalk(
    simulated,
    hasStops,
    fields,
    openingOf(simulated, options),
    magnifier,
    options.onFill,
  );
}

/** A session and its venue, told each bar in turn. */
class SessionWalk implements Walk {
  private readonly equity: Float64Array;
  private readonly position: Float64Array;
  private readonly stop: Float64Array | null;
  private readonly fields: Fields;
  private readonly session: Session;
  private readonly venue: Matching;
  /** One object for all bars: nobody keeps a bar, and a million of them would only feed the garbage collector. */
  private readonly bar: Row;
  private standing = NaN;

  constructor(
    { session, venue }: { readonly session: Session; readonly venue: Matching },
    hasStops: boolean,
    fields: Fields,
    private readonly opening: Opening | undefined,
    private readonly magnifier: Magnifier | undefined,
    private readonly onFill: OnFill | undefined,
  ) {
    [this.session, this.venue] = [session, venue];
    // A session reads all columns, bar by bar: they are made once.
    this.fields = { ...fields };
    const total = fields.time.length;
    this.equity = new Float64Array(total);
    this.position = new Float64Array(total);
    this.stop = hasStops ? new Float64Array(total).fill(NaN) : null;
    this.bar = barAt(fields, 0);
  }

  prepare(from: number, to: number, markets: readonly MarketBlock[]): void {
    this.session.prepare(this.fields, from, to, markets);
  }

  walk(from: number, to: number): void {
    const { session, venue, fields, bar, opening, equity, position, stop } = this;
    for (let i = from; i < to; i++) {
      readBar(fields, i, bar);
      if (opening !== undefined && bar.time >= opening.next) {
        opening.at(bar);
        if (!Number.isNaN(this.standing)) this.standing = venue.stopPrice;
      }
      simulateBar(session, venue, bar, this.onFill, this.magnifier?.inside(bar));
      equity[i] = session.equity(fields.close[i]);
      position[i] = session.position;
      // What stood before the bar is what the bar could meet; of a position that it opens, what was placed in it.
      const next = position[i] === 0 ? NaN : venue.stopPrice;
      if (stop !== null) stop[i] = Number.isNaN(this.standing) ? next : this.standing;
      this.standing = next;
    }
  }

  copyOutput(output: number, target: Float64Array): void {
    this.session.copyOutput(output, target);
  }

  end(atEnd: Parameters<Walk["end"]>[0]): void {
    const { session, venue, fields, equity } = this;
    const last = equity.length - 1;
    simulateEnd(session, venue, atEnd, this.onFill);
    equity[last] = session.equity(fields.close[last]);
  }

  outcome(outputs: readonly Float64Array[]): BacktestRun {
    const { session, venue, fields, equity, position, stop } = this;
    const told = outcome(session, venue, fields.close[fields.close.length - 1] ?? NaN);
    const record = recordOf({ trades: told.trades, equity, position });
    return {
      ...told,
      record,
      equity,
      position,
      stop,
      outputs,
      kernels: session.kernels,
      magnifiedBars: this.magnifier?.covered ?? null,
    };
  }
}
