import { BitFeverError } from "@bitfever/lang";
import {
  countOf,
  fraction,
  multipleOf,
  multiplyFractions,
  oneStep,
  safe,
  scaledBy,
  scaledProduct,
  timesFraction,
  twiceScaledProduct,
  type Fraction,
} from "./fraction.js";
import { grainsOf, type Grain } from "./grain.js";
import type { Settlement } from "./settlement.js";

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
  /** In which its prices are, where that is not the currency of the account. */
  readonly currency?: string | undefined;
  /** How a position gets into the account; left out, by its value. */
  readonly settles?: Settlement | undefined;
  /** Other steps from some time on, oldest first. */
  readonly changes?: readonly StepChange[] | undefined;
  /** What lies nearer to a tick than this share of one stands on it; left out, what arithmetic leaves. */
  readonly priceSlack?: number | undefined;
}

/** From the bar that opens at a time on, in milliseconds UTC, other steps; what is left out stays. */
export interface StepChange {
  readonly from: number;
  readonly tick?: number | undefined;
  readonly lot?: number | undefined;
}

/** The steps that hold from a time on. */
interface Period {
  readonly from: number;
  readonly tick: Grain | null;
  readonly lot: Grain | null;
}

/** A quantity with the price at which it was opened and what it was worth then, all in steps. */
export interface OpenedPart {
  readonly price: number;
  readonly quantity: number;
  readonly value: number;
}

/**
 * The only place where prices, quantities and money are rounded. Inside, prices are whole ticks, quantities whole lots
 * and money whole minor units; what has no step is kept as given. Names: `price` and `quantity` are counts of steps,
 * `decimal` is what people read. What is too large to be counted exactly throws BF5010.
 *
 * Where tick or lot change on a date, all times are counted in one step that both are multiples of, and a price or
 * quantity is rounded to what holds at the time it was moved to.
 */
export class Instrument {
  /** In what prices and quantities are counted. */
  private readonly tick: Fraction | null;
  private readonly lot: Fraction | null;
  private readonly periods: readonly Period[];
  private period: Period;
  private readonly cent: Fraction | null;
  /** Minor units per tick and lot, when all three are whole. */
  private readonly value: Fraction | null;
  /** The decimal of the largest count of lots. */
  private readonly largestQuantity: number;

  /** @throws BitFeverError BF5011 for a specification that no instrument has */
  constructor(readonly specification: InstrumentSpecification) {
    const { tick, lot, multiplier, moneyDecimals } = specification;
    const exactMultiplier = positive("multiplier", multiplier);
    const changes = specification.changes ?? [];
    const ticks = stepsOf("tick", tick, changes);
    const lots = stepsOf("lot", lot, changes);
    this.tick = ticks?.base ?? null;
    this.lot = lots?.base ?? null;
    this.periods = [{ from: -Infinity }, ...changes].map(({ from }, i) => ({
      from,
      tick: ticks?.grains[i] ?? null,
      lot: lots?.grains[i] ?? null,
    }));
    this.period = this.periods[0];
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

  /** Whether nothing has steps: prices, quantities and money are the decimals themselves. */
  get isAsGiven(): boolean {
    return this.tick === null && this.lot === null && this.cent === null;
  }

  get tickSize(): number | null {
    return this.specification.tick;
  }

  /** Goes to the steps that hold at a time; whether they are others than before. */
  moveTo(time: number): boolean {
    if (this.periods.length === 1) return false;
    const found = this.periods.findLast(({ from }) => from <= time) ?? this.periods[0];
    const isOther = found !== this.period;
    this.period = found;
    return isOther;
  }

  /** So many ticks, in steps of price. */
  ticks(count: number): number {
    return count * (this.period.tick?.steps ?? 1);
  }

  /** A price that was rounded once, on the ticks that hold now. */
  onTicks(price: number, direction: "up" | "down"): number {
    const steps = this.period.tick?.steps ?? 1;
    return steps === 1 ? price : multipleOf(price, steps, direction);
  }

  /** What of a quantity is whole lots by what holds now; not below zero. */
  wholeLots(quantity: number): number {
    if (this.lot === null) return quantity;
    return quantity - (quantity % (this.period.lot?.steps ?? 1));
  }

  /** The smallest quantity that is a lot now, in steps of quantity; 0 where there is none. */
  get lotSteps(): number {
    return this.period.lot?.steps ?? 0;
  }

  /** Limit buys and sell stops round down, limit sells and buy stops up; `nearest` rounds half to even. */
  price(decimal: number, direction: "up" | "down" | "nearest"): number {
    const { tick } = this.period;
    if (tick === null) return decimal;
    return countOf(decimal, tick.size, direction, this.specification.priceSlack) * tick.steps;
  }

  priceDecimal(price: number): number {
    return this.tick === null ? price : timesFraction(price, this.tick);
  }

  /** How far a share of a price is, in whole ticks rounded up; never below zero. */
  distance(price: number, ratio: number): number {
    const distance = Math.abs(price) * ratio;
    const { tick } = this.period;
    return tick === null ? distance : multipleOf(distance, tick.steps, "up");
  }

  /**
   * Towards zero: never more than was asked for. A wild size, as a stop very near the price asks for, becomes the
   * largest there is: no account can pay for it anyway.
   */
  quantity(decimal: number): number {
    const { lot } = this.period;
    if (lot === null || !Number.isFinite(decimal)) return decimal;
    if (Math.abs(decimal) >= this.largestQuantity)
      return Math.sign(decimal) * this.wholeLots(Number.MAX_SAFE_INTEGER);
    return countOf(decimal, lot.size, decimal < 0 ? "up" : "down") * lot.steps;
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

  /** Whether nothing but the profit of a position is converted into money of the account. */
  get settlesProfit(): boolean {
    return this.specification.settles === "profit";
  }

  /**
   * What a quantity is worth at a price, in money of the account; exact before its one rounding, half to even.
   *
   * @param rate  what money of the instrument is worth in that of the account; left out, both are the same
   */
  notional(price: number, quantity: number, rate?: Fraction): number {
    if (this.value === null) return this.money(this.notionalDecimal(price, quantity, rate));
    if (rate === undefined) return scaledProduct(price, quantity, this.value);
    return twiceScaledProduct(price, quantity, this.value, rate);
  }

  /** The same as a decimal and not rounded, to the accuracy of a double: for estimates. */
  notionalDecimal(price: number, quantity: number, rate?: Fraction): number {
    const own = this.priceDecimal(price) * this.quantityDecimal(quantity) * this.specification.multiplier;
    return rate === undefined ? own : (own * rate.numerator) / rate.denominator;
  }

  /** Decimal money of the account for a unit and a price point. */
  moneyPerPoint(rate?: Fraction): number {
    const { multiplier } = this.specification;
    return rate === undefined ? multiplier : (multiplier * rate.numerator) / rate.denominator;
  }

  /** What a lot, or a part of one, counts for at a price where only its profit is converted: what it was opened for, and that. */
  settledValue({ price, quantity, value }: OpenedPart, at: number, rate?: Fraction): number {
    return this.sum(value, this.notional(at - price, quantity, rate));
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
  worthAt(amount: Fraction, quantity: number, rate: Fraction = oneStep): number {
    const multiplier = fraction(this.specification.multiplier);
    if (this.lot === null || this.cent === null)
      return this.money(
        (this.quantityDecimal(quantity) * amount.numerator * multiplier.numerator * rate.numerator) /
          (amount.denominator * multiplier.denominator * rate.denominator),
      );
    const { numerator, denominator } = this.cent;
    const inSteps = { numerator: denominator, denominator: numerator };
    return scaledBy(quantity, this.lot, amount, multiplier, inSteps, rate);
  }

  /** What a part of a lot is worth at a price, in money; exact before its one rounding, half to even. */
  worthOfPart(price: number, part: Fraction, rate: Fraction = oneStep): number {
    if (this.value !== null) return scaledBy(price, this.value, part, rate);
    const lot = this.lot === null ? 1 : timesFraction(1, this.lot);
    const units = (lot * part.numerator * rate.numerator) / (part.denominator * rate.denominator);
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

/** All the steps there are of a name, counted in one that they are multiples of. */
function stepsOf(
  name: "tick" | "lot",
  first: number | null,
  changes: readonly StepChange[],
): ReturnType<typeof grainsOf> | null {
  if (first === null) return null;
  let last = first;
  const later = changes.map((each) => positive(name, (last = each[name] ?? last)));
  return grainsOf([positive(name, first), ...later]);
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
