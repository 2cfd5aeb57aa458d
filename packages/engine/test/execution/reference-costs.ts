import { Decimal } from "decimal.js";
import type { CostModel } from "@bitfever/lang";
import type { InstrumentSpecification } from "../../src/instrument.js";

/*
 * What trading costs, slowly and in decimals, as docs/language.md and docs/reference/costs.md say it: nothing here is
 * taken from the engine but the names of models.
 */

const Exact = Decimal.clone({ precision: 60 });

/** A number as people write it. */
export const exact = (value: Decimal.Value): Decimal => new Exact(value);
export const zero = exact(0);

const sumOf = (values: readonly Decimal[]): Decimal => values.reduce((sum, each) => sum.plus(each), zero);
const least = (a: Decimal, b: Decimal): Decimal => (a.lt(b) ? a : b);

/** An instrument of which every value has steps. */
export type SteppedSpecification = InstrumentSpecification & {
  readonly tick: number;
  readonly lot: number;
  readonly moneyDecimals: number;
};

/** To the nearest multiple of a step, half to even. */
const toNearest = (value: Decimal, step: Decimal): Decimal =>
  value.div(step).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).times(step);

export const toTick = (price: Decimal, { tick }: SteppedSpecification): Decimal =>
  toNearest(price, exact(tick));

export const toMinorUnit = (money: Decimal, { moneyDecimals }: SteppedSpecification): Decimal =>
  money.toDecimalPlaces(moneyDecimals, Decimal.ROUND_HALF_EVEN);

/** To the tick above or below; what is nearer to a tick than a billionth of one stands on it. */
export function toTickBeyond(
  price: Decimal,
  direction: "up" | "down",
  { tick }: SteppedSpecification,
): Decimal {
  const count = price.div(tick);
  const nearest = count.toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN);
  if (count.minus(nearest).abs().lte(1e-9)) return nearest.times(tick);
  return (direction === "up" ? count.ceil() : count.floor()).times(tick);
}

/** Whole lots, never more than asked for. */
export const toLots = (quantity: Decimal, { lot }: SteppedSpecification): Decimal =>
  quantity.div(lot).toDecimalPlaces(0, Decimal.ROUND_DOWN).times(lot);

/** What one unit of the instrument's money is worth in that of the account: a quotient, so that an inverse is exact. */
export interface Rate {
  readonly up: Decimal;
  readonly down: Decimal;
}

export const atPar: Rate = { up: exact(1), down: exact(1) };

/** What changes hands, rounded once. */
export const valueOf = (
  price: Decimal,
  quantity: Decimal,
  of: SteppedSpecification,
  { up, down }: Rate = atPar,
): Decimal => toMinorUnit(price.times(quantity).times(of.multiplier).times(up).div(down), of);

/** What has traded, both above zero. */
export interface Traded {
  readonly value: Decimal;
  readonly quantity: Decimal;
}

export const untraded: Traded = { value: zero, quantity: zero };

export const together = (a: Traded, b: Traded): Traded => ({
  value: a.value.plus(b.value),
  quantity: a.quantity.plus(b.quantity),
});

export interface Terms {
  readonly isMaker: boolean;
  /** Money that the account has traded in the thirty days before. */
  readonly turnover: Decimal;
}

/** What an order that has traded so much pays in all. */
function charge(
  { model, parameters }: CostModel,
  { value, quantity }: Traded,
  { isMaker, turnover }: Terms,
  of: SteppedSpecification,
): Decimal {
  const [a, b, c] = parameters.map((each) => (each === null ? null : exact(each)));
  const money = (amount: Decimal): Decimal => toMinorUnit(amount, of);
  const share = (rate: Decimal | null | undefined): Decimal => money(value.times(rate ?? 0));
  /** The most holds where it contradicts the least. */
  const within = (minimum: Decimal, amount: Decimal, maximum: Decimal | null): Decimal => {
    const raised = amount.lt(minimum) ? minimum : amount;
    return maximum === null ? raised : least(raised, maximum);
  };
  switch (model) {
    case "share":
      return within(money(b ?? zero), share(a), c === null ? null : money(c));
    case "per_unit":
      return within(money(b ?? zero), money(quantity.times(a ?? 0)), c === null ? null : share(c));
    case "per_order":
      return quantity.gt(0) ? money(a ?? zero) : zero;
    case "maker_taker":
      return isMaker ? share(a) : share(b);
    case "tiered": {
      let rate = parameters[0];
      let highest = -1;
      for (let i = 1; i + 1 < parameters.length; i += 2) {
        const from = parameters[i];
        if (from === null || turnover.lt(from) || from < highest) continue;
        highest = from;
        rate = parameters[i + 1];
      }
      return share(exact(rate ?? 0));
    }
    default:
      throw new Error(`no commission ${model}`);
  }
}

/** What is least, and what is paid for an order, is paid once for an order, in however many fills. */
const isForTheOrder = ({ model, parameters: [, minimum, maximum] }: CostModel): boolean =>
  model === "per_order" ||
  ((model === "share" || model === "per_unit") && (minimum !== 0 || maximum !== null));

/** The commission on a fill of an order that had traded something before. */
export const commissionOf = (
  models: readonly CostModel[],
  fill: Traded,
  before: Traded,
  terms: Terms,
  of: SteppedSpecification,
): Decimal =>
  sumOf(
    models.map((model) => {
      if (!isForTheOrder(model)) return charge(model, fill, terms, of);
      const paid = before.quantity.gt(0) ? charge(model, before, terms, of) : zero;
      return charge(model, together(before, fill), terms, of).minus(paid);
    }),
  );

export interface TradedBar {
  readonly high: number;
  readonly low: number;
  readonly volume: number;
}

/** How much worse than its price each unit of an order trades, not yet in ticks. */
function slippage(
  { model, parameters }: CostModel,
  price: Decimal,
  quantity: Decimal,
  { high, low, volume }: TradedBar,
  { tick }: SteppedSpecification,
): Decimal {
  const parameter = exact(parameters[0] ?? 0);
  const size = price.abs();
  const share = volume > 0 ? least(exact(1), quantity.div(volume)) : exact(1);
  switch (model) {
    case "ticks":
      return parameter.times(tick);
    case "share":
      return size.times(parameter);
    case "spread":
      return size.times(parameter).div(2);
    case "volume_share":
      return size.times(parameter).times(share.pow(2));
    case "square_root": {
      const volatility = exact(high).div(low).ln().div(exact(2).ln().times(4).sqrt());
      return size.times(parameter).times(volatility).times(share.sqrt());
    }
    default:
      throw new Error(`no slippage ${model}`);
  }
}

/** Each slippage is rounded to ticks against the trader; nothing that has a price is sold below zero. */
export function slippedPrice(
  models: readonly CostModel[],
  side: "buy" | "sell",
  price: Decimal,
  quantity: Decimal,
  bar: TradedBar,
  of: SteppedSpecification,
): Decimal {
  const worse = sumOf(
    models.map((model) => toTickBeyond(slippage(model, price, quantity, bar, of), "up", of)),
  );
  if (side === "buy") return price.plus(worse);
  const sold = price.minus(worse);
  return sold.lt(0) && price.gte(0) ? zero : sold;
}
