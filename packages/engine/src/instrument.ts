import { BitFeverError } from "@bitfever/lang";
import {
  countOf,
  fraction,
  multiplyFractions,
  oneStep,
  safe,
  scaledBy,
  scaledProduct,
  timesFraction,
  type Fraction,
} from "./fraction.js";

/** What is traded, as its exchange describes it. Null keeps values as they are given. */
export interface InstrumentSpecification {
  readonly symbol: string;
  /** Smallest step of a price. */
  readonly tick: number | null;
  /** Smallest step of a quantity, in units. */
  readonly lot: number | null;
  /** Money per unit and price point. */
  readonly multiplier: number;
  /** Decimals of the account's currency, from 0 to 12: 2 for dollars and cents. */
  readonly moneyDecimals: number | null;
  /** What lies nearer to a tick than this share of one stands on it; left out, what arithmetic leaves. */
  readonly priceSlack?: number | undefined;
}

/**
 * The only place where prices, quantities and money are rounded. Inside, prices are whole ticks, quantities whole lots
 * and money whole minor units; what has no step is kept as given. Names: `price` and `quantity` are counts of steps,
 * `decimal` is what people read. What is too large to be counted exactly throws BF5010.
 */
export class Instrument {
  private readonly tick: Fraction | null;
  private readonly lot: Fraction | null;
  private readonly cent: Fraction | null;
  /** Minor units per tick and lot, when all three are whole. */
  private readonly value: Fraction | null;
  /** The decimal of the largest count of lots. */
  private readonly largestQuantity: number;

  /** @throws BitFeverError BF5011 for a specification that no instrument has */
  constructor(readonly specification: InstrumentSpecification) {
    const { tick, lot, multiplier, moneyDecimals } = specification;
    const exactMultiplier = positive("multiplier", multiplier);
    this.tick = tick === null ? null : positive("tick", tick);
    this.lot = lot === null ? null : positive("lot", lot);
    this.cent = moneyDecimals === null ? null : minorUnit(moneyDecimals);
    this.value =
      this.tick && this.lot && this.cent
        ? multiplyFractions(this.tick, this.lot, exactMultiplier, {
            numerator: this.cent.denominator,
            denominator: this.cent.numerator,
          })
        : null;
    this.largestQuantity = this.lot === null ? Infinity : timesFraction(Number.MAX_SAFE_INTEGER, this.lot);
  }

  get tickSize(): number | null {
    return this.specification.tick;
  }

  /** Limit buys and sell stops round down, limit sells and buy stops up; `nearest` rounds half to even. */
  price(decimal: number, direction: "up" | "down" | "nearest"): number {
    return this.tick === null
      ? decimal
      : countOf(decimal, this.tick, direction, this.specification.priceSlack);
  }

  priceDecimal(price: number): number {
    return this.tick === null ? price : timesFraction(price, this.tick);
  }

  /** How far a share of a price is, in whole ticks rounded up; never below zero. */
  distance(price: number, ratio: number): number {
    const distance = Math.abs(price) * ratio;
    return this.tick === null ? distance : countOf(distance, oneStep, "up");
  }

  /**
   * Towards zero: never more than was asked for. A wild size, as a stop very near the price asks for, becomes the
   * largest there is: no account can pay for it anyway.
   */
  quantity(decimal: number): number {
    if (this.lot === null || !Number.isFinite(decimal)) return decimal;
    if (Math.abs(decimal) >= this.largestQuantity) return Math.sign(decimal) * Number.MAX_SAFE_INTEGER;
    return countOf(decimal, this.lot, decimal < 0 ? "up" : "down");
  }

  quantityDecimal(quantity: number): number {
    return this.lot === null ? quantity : timesFraction(quantity, this.lot);
  }

  money(decimal: number): number {
    return this.cent === null ? decimal : countOf(decimal, this.cent, "nearest");
  }

  moneyDecimal(money: number): number {
    return this.cent === null ? money : timesFraction(money, this.cent);
  }

  /** What a quantity is worth at a price, in money; exact before its one rounding, half to even. */
  notional(price: number, quantity: number): number {
    if (this.value !== null) return scaledProduct(price, quantity, this.value);
    return this.money(this.notionalDecimal(price, quantity));
  }

  /** The same as a decimal and not rounded, to the accuracy of a double: for estimates. */
  notionalDecimal(price: number, quantity: number): number {
    return this.priceDecimal(price) * this.quantityDecimal(quantity) * this.specification.multiplier;
  }

  /** A share of an amount of money, rounded half to even. */
  share(money: number, ratio: Fraction): number {
    if (ratio.numerator === ratio.denominator) return money;
    if (this.cent === null) return (money * ratio.numerator) / ratio.denominator;
    return scaledProduct(money, 1, ratio);
  }

  /** The money for a quantity, at so much decimal money a unit; exact before its one rounding, half to even. */
  perUnit(amount: number): (quantity: number) => number {
    if (this.lot === null || this.cent === null)
      return (quantity) => this.money(this.quantityDecimal(quantity) * amount);
    const { numerator, denominator } = this.cent;
    const each = multiplyFractions(this.lot, fraction(amount), {
      numerator: denominator,
      denominator: numerator,
    });
    return (quantity) => scaledProduct(quantity, 1, each);
  }

  /** What a quantity is worth at an amount of money a unit that is on no step; exact before its one rounding, half to even. */
  worthAt(amount: Fraction, quantity: number): number {
    const multiplier = fraction(this.specification.multiplier);
    if (this.lot === null || this.cent === null)
      return this.money(
        (this.quantityDecimal(quantity) * amount.numerator * multiplier.numerator) /
          (amount.denominator * multiplier.denominator),
      );
    const { numerator, denominator } = this.cent;
    const inSteps = { numerator: denominator, denominator: numerator };
    return scaledBy(quantity, this.lot, amount, multiplier, inSteps);
  }

  /** What a part of a lot is worth at a price, in money; exact before its one rounding, half to even. */
  worthOfPart(price: number, part: Fraction): number {
    if (this.value !== null) return scaledBy(price, this.value, part);
    const lot = this.lot === null ? 1 : timesFraction(1, this.lot);
    const units = (lot * part.numerator) / part.denominator;
    return this.money(this.priceDecimal(price) * units * this.specification.multiplier);
  }

  /** What falls on a part of a quantity out of the money for the whole of it, rounded half to even. */
  portion(money: number, part: number, whole: number): number {
    if (part === whole) return money;
    if (this.cent === null) return money * (part / whole);
    if (this.lot === null) return countOf(money * (part / whole), oneStep, "nearest");
    return scaledProduct(money, part, { numerator: 1, denominator: whole });
  }

  /** Two amounts of money together. */
  sum(money: number, more: number): number {
    return this.cent === null ? money + more : safe(money + more);
  }

  /** Whether two quantities are equal but for the noise of sums as large as `scale`. Whole lots carry none. */
  isSameQuantity(a: number, b: number, scale: number): boolean {
    return a === b || (this.lot === null && Math.abs(a - b) <= scale * 2 ** -46);
  }
}

function positive(name: string, decimal: number): Fraction {
  if (decimal > 0 && Number.isFinite(decimal)) return fraction(decimal);
  throw new BitFeverError("BF5011", `the ${name} is ${decimal}; it must be a positive number`, {
    hint:
      name === "multiplier"
        ? "it is 1 where a unit is worth its price"
        : `leave it out where there is no ${name}`,
  });
}

function minorUnit(decimals: number): Fraction {
  if (Number.isInteger(decimals) && decimals >= 0 && decimals <= 12)
    return { numerator: 1, denominator: 10 ** decimals };
  throw new BitFeverError(
    "BF5011",
    `the money has ${decimals} decimals; it must be a whole number from 0 to 12`,
    {
      hint: "2 for dollars and cents; leave it out to keep money as given",
    },
  );
}
