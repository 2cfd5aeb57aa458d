import type { Plan } from "@bitfever/lang";
import {
  fieldsOf,
  Instrument,
  type Bars,
  type Settings,
  type Side,
  type Trade,
  type VenueEvent,
} from "@bitfever/engine";
import { barAt, simulation, timingFor } from "@bitfever/runtime";

/** A fill as tests speak of it: bars are numbered from 1, prices and quantities are decimals. */
export interface TestFill {
  readonly bar: number;
  readonly side: Side;
  readonly quantity: number;
  readonly price: number;
  readonly tag: string;
}

export interface TestRun {
  readonly fills: readonly TestFill[];
  readonly trades: readonly Trade[];
  /** The outputs of the plan, by their place there. */
  readonly outputs: readonly Float64Array[];
}

/** The shell of a test: a backtest in one block that also writes down every fill. */
export function runOn(plan: Plan, bars: Bars, settings: Settings): TestRun {
  const { symbol, intervalMs, length } = bars;
  const fields = fieldsOf(bars, timingFor(plan, settings, intervalMs));
  const { session, venue } = simulation({ plan, symbol, settings, intervalMs }, length);
  const steps = stepsOf(settings);
  const fills: TestFill[] = [];
  const hear = (events: readonly VenueEvent[], bar: number): void => {
    for (const event of events) {
      session.on(event);
      if (event.kind !== "fill") continue;
      const { side, quantity, price, tag } = event.fill;
      const decimals = { quantity: steps.quantityDecimal(quantity), price: steps.priceDecimal(price) };
      fills.push({ bar, side, tag, ...decimals });
    }
  };

  session.prepare(fields, 0, length);
  for (let i = 0; i < length; i++) {
    const bar = barAt(fields, i);
    hear(venue.bar(bar), i + 1);
    for (const command of session.on({ kind: "bar", bar })) hear(venue.command(command), i + 1);
  }
  const outputs = plan.outputs.map((_, k) => {
    const values = new Float64Array(length);
    session.copyOutput(k, values);
    return values;
  });
  return { fills, trades: session.trades(fields.close[length - 1] ?? NaN), outputs };
}

const stepsOf = ({ tick, lot, multiplier, money_decimals: moneyDecimals }: Settings): Instrument =>
  new Instrument({ symbol: "test", tick, lot, multiplier, moneyDecimals });
