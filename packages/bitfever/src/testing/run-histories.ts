import type { Plan } from "@bitfever/lang";
import {
  fieldsOf,
  Instrument,
  type Bars,
  type Fill,
  type Settings,
  type Side,
  type Trade,
} from "@bitfever/engine";
import {
  barAt,
  besideBars,
  finish,
  marketBlock,
  marketsRead,
  marketSurroundings,
  portfolio,
  simulation,
  timelineOf,
  timingFor,
} from "@bitfever/runtime";
import type { OwnIndicators } from "../compilation.js";
import type { Histories } from "./histories.js";

/** A fill as tests speak of it: bars are numbered from 1, prices and quantities are decimals. */
export interface TestFill {
  readonly bar: number;
  /** Which member of a universe; null of a strategy for one symbol. */
  readonly symbol: string | null;
  readonly side: Side;
  readonly quantity: number;
  readonly price: number;
  readonly tag: string;
  /** Of the bar in which it happened. */
  readonly open: number;
  readonly close: number;
}

/** What the outputs of a plan came to, bar by bar, for a strategy or a member of its universe. */
export interface TestOutputs {
  readonly symbol: string | null;
  readonly columns: readonly Float64Array[];
}

export interface TestRun {
  readonly fills: readonly TestFill[];
  readonly trades: readonly Trade[];
  readonly outputs: readonly TestOutputs[];
}

/** The shell of a test: a backtest in one block that also writes down every fill. */
export function runOn(plan: Plan, histories: Histories, setup: RunSetup): TestRun {
  return plan.universe === null ? runOne(plan, histories, setup) : runUniverse(plan, histories, setup);
}

/** What a run depends on beside its plan and its bars. */
export interface RunSetup extends OwnIndicators {
  readonly settings: Settings;
}

function runOne(
  plan: Plan,
  { own: [bars], markets }: Histories,
  { settings, indicators }: RunSetup,
): TestRun {
  const { symbol, intervalMs, length } = bars;
  const timing = timingFor(plan, settings, intervalMs);
  const fields = fieldsOf(bars, timing);
  const beside = besideBars(marketsRead(plan, settings, markets), { time: bars.time, timing });
  const surroundings = marketSurroundings(beside, length);
  const { session, venue } = simulation(
    { plan, symbol, settings, intervalMs, markets: surroundings, indicators },
    length,
  );
  const fills: TestFill[] = [];
  const fillOf = fillReader(settings);
  const hear = (events: ReturnType<typeof venue.bar>, i: number): void => {
    for (const event of events) {
      session.on(event);
      if (event.kind === "fill") fills.push(fillOf(event.fill, { bars, i, bar: i + 1, symbol: null }));
    }
  };

  session.prepare(
    fields,
    0,
    length,
    beside.map((each) => marketBlock(each, 0, length)),
  );
  for (let i = 0; i < length; i++) {
    const bar = barAt(fields, i);
    hear(venue.bar(bar), i);
    for (const command of session.on({ kind: "bar", bar })) hear(venue.command(command), i);
  }
  const columns = plan.outputs.map((_, k) => {
    const values = new Float64Array(length);
    session.copyOutput(k, values);
    return values;
  });
  return {
    fills,
    trades: session.trades(fields.close[length - 1] ?? NaN),
    outputs: [{ symbol: null, columns }],
  };
}

function runUniverse(plan: Plan, { own, markets }: Histories, { settings, indicators }: RunSetup): TestRun {
  const { time, momentOf } = timelineOf(own);
  const fills: TestFill[] = [];
  const fillOf = fillReader(settings);
  const onFill = (symbol: string, fill: Fill): void => {
    const member = own.findIndex((each) => each.symbol === symbol);
    const i = own[member].time.indexOf(fill.time);
    fills.push(fillOf(fill, { bars: own[member], i, bar: momentOf[member][i] + 1, symbol }));
  };
  const blockLength = time.length;
  const run = finish(
    portfolio({ plan, settings, members: own, markets, indicators, blockLength, onFill, withOutputs: true }),
  );
  const outputs = run.symbols.map((symbol, i) => ({ symbol, columns: run.outputs[i] }));
  return { fills, trades: run.trades, outputs };
}

interface FillPlace extends Pick<TestFill, "bar" | "symbol"> {
  readonly bars: Bars;
  readonly i: number;
}

function fillReader({ tick, lot, multiplier, money_decimals: moneyDecimals }: Settings) {
  const steps = new Instrument({ symbol: "test", tick, lot, multiplier, moneyDecimals });
  return ({ side, quantity, price, tag }: Fill, { bars, i, bar, symbol }: FillPlace): TestFill => ({
    ...{ bar, symbol, side, tag, open: bars.open[i], close: bars.close[i] },
    quantity: steps.quantityDecimal(quantity),
    price: steps.priceDecimal(price),
  });
}
