import { BitFeverError } from "@bitfever/lang";
import { nearestFraction, type Fraction } from "./fraction.js";
import type { Instrument } from "./instrument.js";
import type { Side } from "./order.js";

/** What trading costs beyond the price. */
export interface Costs {
  /** Share of the traded value, on each side; from 0 up to 1. */
  readonly commission: number;
  /** Whole ticks, or a share of the price from 0 up to 1. */
  readonly slippage: { readonly unit: "ticks" | "ratio"; readonly value: number };
}

/** Costs on one instrument, checked and ready to be charged. */
export interface Charges {
  readonly instrument: Instrument;
  readonly commission: Fraction;
  readonly slippage: Costs["slippage"];
}

/** @throws BitFeverError BF5012 for ticks where there is no tick, BF5013 for costs that cannot be */
export function chargesOn(instrument: Instrument, { commission, slippage }: Costs): Charges {
  const { unit, value } = slippage;
  checkShare("commission", commission);
  if (unit === "ratio") checkShare("slippage", value);
  else if (!Number.isSafeInteger(value) || value < 0)
    throw new BitFeverError("BF5013", `the slippage is ${value} ticks; nothing trades between two ticks`, {
      hint: "give whole ticks, or write the slippage as a percentage of the price",
    });
  else if (value > 0 && instrument.tickSize === null)
    throw new BitFeverError("BF5012", "a slippage in ticks needs to know the instrument's tick", {
      hint: "give it with --set tick=0.01, or write the slippage as a percentage",
    });
  return { instrument, commission: nearestFraction(commission), slippage };
}

/**
 * The price after slippage: worse than the market's by a number of ticks, or by a share of it, which is rounded to
 * ticks against the trader. Nothing that has a price is sold below zero.
 */
export function slipped({ instrument, slippage }: Charges, side: Side, price: number): number {
  if (slippage.value === 0) return price;
  const worse = slippage.unit === "ticks" ? slippage.value : instrument.distance(price, slippage.value);
  if (side === "buy") return price + worse;
  return price < 0 ? price - worse : Math.max(0, price - worse);
}

/** The commission on a traded value, which is negative where prices are. */
export function commissionOn({ instrument, commission }: Charges, value: number): number {
  return instrument.share(Math.abs(value), commission);
}

/**
 * The largest part of a quantity whose value and commission some cash pays for; 0 when there is none. There is no
 * leverage, so a short sale needs as much as a purchase.
 */
export function affordable(charges: Charges, cash: number, price: number, wanted: number): number {
  if (!(cash > 0) || !(wanted > 0)) return 0;
  const { instrument } = charges;
  const rate = charges.commission.numerator / charges.commission.denominator;
  const have = instrument.moneyDecimal(cash);
  const roughly = (quantity: number): number =>
    Math.abs(instrument.notionalDecimal(price, quantity)) * (1 + rate);
  const isPaid = (quantity: number): boolean => {
    // Spares the exact arithmetic what it could not count. No rounding makes up for more than 1.
    if (roughly(quantity) > have * (1 + 1e-9) + 1) return false;
    const value = Math.abs(instrument.notional(price, quantity));
    return value + commissionOn(charges, value) <= cash;
  };
  if (isPaid(wanted)) return wanted;

  let [paid, tooMuch] = [0, wanted];
  const probe = (quantity: number): void => {
    if (!(quantity > paid && quantity < tooMuch)) return;
    if (isPaid(quantity)) paid = quantity;
    else tooMuch = quantity;
  };
  // The limit is mostly right beside this; but where a lot is worth less than a minor unit, many lots from it.
  const guess = wanted * (have / roughly(wanted));
  const isWhole = instrument.specification.lot !== null;
  probe(isWhole ? Math.floor(guess) + 1 : guess * (1 + 2 ** -50));
  probe(isWhole ? Math.floor(guess) : guess * (1 - 2 ** -50));
  for (;;) {
    const between = paid + (tooMuch - paid) / 2;
    const middle = isWhole ? Math.floor(between) : between;
    if (middle <= paid || middle >= tooMuch) return paid;
    probe(middle);
  }
}

function checkShare(name: string, share: number): void {
  if (share >= 0 && share < 1) return;
  throw new BitFeverError("BF5013", `the ${name} is ${share}; it must be a share from 0 up to 1`, {
    hint: "0.05% is written 0.05%, 5bps or 0.0005",
  });
}
