import { compile, specialise, type ColumnId, type Plan } from "@bitfever/lang";
import {
  catalogue,
  type Bars,
  type Fields,
  type Fill,
  type MatchingSnapshot,
  type Order,
  type Settings,
} from "@bitfever/engine";
import { barAt, outcome, simulation, type ClosedBar, type Run, type SessionSnapshot } from "../src/index.js";

/** Columns that rules may be made of, as lets of a program; only what is asked of them is made by hand. */
const columns = `
  let yes = true
  let no = false
  let up = close > open
  let down = close < open
  let higher = close > high[1]
  let lower = close < low[1]
  let first = session_bar == 0
  let flat = position_size == 0
  let rich = equity > initial_capital
  let zero = 0
  let one = 1
  let ten = 10
  let many = 100000
  let half = 0.5
  let tenth = 0.1
  let twentieth = 0.05
  let price = close
  let under = close * 0.99
  let over = close * 1.01
  let far_under = close * 0.96
  let far_over = close * 1.04
  let near_under = close * 0.997
  let near_over = close * 1.003
  let step = close * 0.01
  let wide_step = close * 0.03
  let absent = close / 0
  let huge = close * 1e300
  let drawdown_now = drawdown
  let best_now = best_price
  let kelly_now = kelly
`;

export type Column = (name: string) => ColumnId;

/** A plan whose rules are made by hand. */
export function handPlan(given: (column: Column) => Partial<Plan>, lets = columns): Plan {
  const { program, diagnostics } = compile(
    {
      name: "hand.bf",
      text: `strategy "Hand" {${lets}\n enter long when close > 0 { size 1 unprotected }\n}`,
    },
    catalogue,
  );
  if (program === null) throw new Error(diagnostics.map((each) => each.message).join("\n"));
  const plan = specialise(program, catalogue, {}, { withLets: true });
  const column = (name: string): ColumnId => {
    const found = plan.outputs.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no let \`${name}\``);
    return found.column;
  };
  return { ...plan, outputs: [], rules: [], warmup: 1, ...given(column) };
}

/** The columns of bars, with a session of so many bars. */
export function fieldsWithSessions(bars: Bars, length = 7): Fields {
  const { time, open, high, low, close, volume } = bars;
  return { time, open, high, low, close, volume, session_bar: time.map((_, i) => i % length) };
}

export interface Setup {
  readonly plan: Plan;
  readonly fields: Fields;
  readonly settings: Settings;
}

/** A bar as the market played it, with all that was sent and filled on it. */
export interface Told {
  readonly bar: ClosedBar;
  readonly fills: readonly Fill[];
  readonly sent: readonly Order[];
  /** After the bar. */
  readonly position: number;
  readonly venue: MatchingSnapshot;
}

export interface Snapshots {
  readonly session: SessionSnapshot;
  readonly venue: MatchingSnapshot;
}

/** Runs bar by bar, unprepared, and watches; `restart` is told before each bar and may answer with a new beginning. */
export function watch(
  { plan, fields, settings }: Setup,
  stops: ReadonlySet<number> = new Set(),
): [Run, Told[]] {
  const options = { plan, symbol: "HAND", settings };
  let { session, venue } = simulation(options, 1);
  const total = fields.time.length;
  const equity = new Float64Array(total);
  const position = new Float64Array(total);
  const told: Told[] = [];
  for (let i = 0; i < total; i++) {
    if (stops.has(i)) {
      const kept: Snapshots = structuredClone({ session: session.snapshot(), venue: venue.snapshot() });
      ({ session, venue } = simulation(options, 1));
      session.restore(kept.session);
      venue.restore(kept.venue);
    }
    const bar = barAt(fields, i);
    const fills: Fill[] = [];
    const sent: Order[] = [];
    const hear = (events: ReturnType<typeof venue.bar>): void => {
      for (const event of events) {
        if (event.kind === "fill") fills.push(event.fill);
        session.on(event);
      }
    };
    hear(venue.bar(bar));
    for (const command of session.on({ kind: "bar", bar })) {
      if (command.kind !== "cancel") sent.push(command.order);
      hear(venue.command(command));
    }
    equity[i] = session.equity(bar.close);
    position[i] = session.position;
    told.push({ bar, fills, sent, position: session.position, venue: venue.snapshot() });
  }
  return [{ ...outcome(session, venue, fields.close[total - 1] ?? NaN), equity, position }, told];
}
