import type { Fraction } from "./fraction.js";
import type { Instrument, OpenedPart } from "./instrument.js";

/** What is closed, at which price and rate. */
interface Closing {
  readonly quantity: number;
  readonly price: number;
  readonly rate: Fraction | undefined;
}

/** A lot, and whether it was bought or sold short. */
type Opened = OpenedPart & { readonly direction: 1 | -1 };

export type BasisSnapshot = readonly Opened[];

/**
 * What a position of which only the profit is converted was opened at and for, lot by lot and first in first out: as the
 * book keeps it, for a venue that keeps no trades.
 */
export class Basis {
  private lots: readonly Opened[] = [];

  constructor(private readonly instrument: Instrument) {}

  /** What was paid for all that is open, less what it was sold for. */
  get value(): number {
    return this.sumOf(({ value }) => value);
  }

  open(direction: 1 | -1, opened: OpenedPart): void {
    this.lots = [...this.lots, { direction, ...opened }];
  }

  /** Takes a quantity out of the oldest lots of the other direction; what it counts for at a price. */
  close(direction: 1 | -1, { quantity, price, rate }: Closing): number {
    const { instrument } = this;
    let sum = 0;
    let left = quantity;
    while (left > 0) {
      const lot = this.lots.find((each) => each.direction !== direction);
      if (lot === undefined) throw new Error(`basis: ${left} more is closed than is open`);
      const isBothWhole = instrument.isSameQuantity(lot.quantity, left, quantity);
      const taken = isBothWhole ? lot.quantity : Math.min(lot.quantity, left);
      const value = instrument.portion(lot.value, taken, lot.quantity);
      sum = instrument.sum(
        sum,
        instrument.settledValue({ price: lot.price, quantity: taken, value }, price, rate),
      );
      const rest = { ...lot, quantity: lot.quantity - taken, value: lot.value - value };
      this.lots = this.lots.flatMap((each) => (each !== lot ? [each] : rest.quantity === 0 ? [] : [rest]));
      left = isBothWhole ? 0 : left - taken;
    }
    return sum;
  }

  /** What the position counts for at a price; below zero when short. */
  marked(price: number, rate: Fraction | undefined): number {
    return this.sumOf((lot) => this.instrument.settledValue(lot, price, rate));
  }

  snapshot(): BasisSnapshot {
    return this.lots;
  }

  restore(snapshot: BasisSnapshot): void {
    this.lots = snapshot;
  }

  private sumOf(of: (lot: Opened) => number): number {
    return this.lots.reduce((sum, lot) => this.instrument.sum(sum, lot.direction * of(lot)), 0);
  }
}
