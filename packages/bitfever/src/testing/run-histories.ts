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
  backtest,
  besideBars,
  finish,
  marketsRead,
  portfolio,
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
  const { symbol, intervalMs, time } = bars;
  const timing = timingFor(plan, settings, intervalMs);
  const fills: TestFill[] = [];
  const fillOf = fillReader(settings);
  const run = finish(
    backtest({
      ...{ plan, symbol, settings, intervalMs, indicators },
      fields: fieldsOf(bars, timing),
      markets: besideBars(marketsRead(plan, settings, markets), { time, timing }),
      blockLength: time.length,
      onFill: (fill) => fills.push(fillOf(fill, { bars, symbol: null, momentOf: null })),
    }),
  );
  return { fills, trades: run.trades, outputs: [{ symbol: null, columns: run.outputs }] };
}

function runUniverse(plan: Plan, { own, markets }: Histories, { settings, indicators }: RunSetup): TestRun {
  const { time, momentOf } = timelineOf(own);
  const fills: TestFill[] = [];
  const fillOf = fillReader(settings);
  const onFill = (symbol: string, fill: Fill): void => {
    const member = own.findIndex((each) => each.symbol === symbol);
    fills.push(fillOf(fill, { bars: own[member], symbol, momentOf: momentOf[member] }));
  };
  const blockLength = time.length;
  const run = finish(
    portfolio({ plan, settings, members: own, markets, indicators, blockLength, onFill, withOutputs: true }),
  );
  const outputs = run.symbols.map((symbol, i) => ({ symbol, columns: run.outputs[i] }));
  return { fills, trades: run.trades, outputs };
}

/** Where a fill was: `momentOf` says at which moment of a universe each bar of the member stands. */
interface FillPlace {
  readonly bars: Bars;
  readonly symbol: string | null;
  readonly momentOf: Int32Array | null;
}

function fillReader({ tick, lot, multiplier, money_decimals: moneyDecimals }: Settings) {
  const steps = new Instrument({ symbol: "test", tick, lot, multiplier, moneyDecimals });
  return ({ side, quantity, price, tag, time }: Fill, { bars, symbol, momentOf }: FillPlace): TestFill => {
    const i = bars.time.indexOf(time);
    return {
      ...{ symbol, side, tag, bar: (momentOf?.[i] ?? i) + 1, open: bars.open[i], close: bars.close[i] },
      quantity: steps.quantityDecimal(quantity),
      price: steps.priceDecimal(price),
    };
  };
}
