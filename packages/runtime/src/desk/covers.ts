import { Holding, type HoldingSnapshot, type Instrument, type Side } from "@bitfever/engine";

export interface CoversSnapshot {
  readonly longs: HoldingSnapshot;
  readonly shorts: HoldingSnapshot;
}

/** How much of each entry of a strategy is still to be protected: counted by fills, as a venue counts it. */
export class Covers {
  private readonly longs: Holding;
  private readonly shorts: Holding;

  constructor(instrument: Instrument) {
    const isSame = (a: number, b: number, scale: number): boolean => instrument.isSameQuantity(a, b, scale);
    this.longs = new Holding(isSame);
    this.shorts = new Holding(isSame);
  }

  /** @param entry  what the strategy calls it */
  open(side: Side, entry: string, quantity: number): void {
    if (quantity > 0) (side === "buy" ? this.longs : this.shorts).open(entry, quantity);
  }

  /** @param entry  what the strategy calls the one that the order protects; undefined for one that protects none */
  close(side: Side, entry: string | undefined, quantity: number): void {
    const closed = this.closedBy(side);
    const its = entry === undefined ? 0 : Math.min(quantity, closed.coveredBy(entry));
    if (its > 0) closed.close(its, entry);
    // What a stop has closed beyond its own entry is taken from the oldest, like any exit.
    if (quantity > its) closed.close(quantity - its, undefined);
  }

  /** What orders of a side can close. */
  held(side: Side): number {
    return this.closedBy(side).quantity;
  }

  /** What orders of a side that protect an entry can close. */
  of(entry: string, side: Side): number {
    return this.closedBy(side).coveredBy(entry);
  }

  snapshot(): CoversSnapshot {
    return { longs: this.longs.snapshot(), shorts: this.shorts.snapshot() };
  }

  restore({ longs, shorts }: CoversSnapshot): void {
    this.longs.restore(longs);
    this.shorts.restore(shorts);
  }

  private closedBy(side: Side): Holding {
    return side === "buy" ? this.shorts : this.longs;
  }
}
