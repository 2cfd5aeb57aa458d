/** A quantity that an entry opened, and what of it is left. */
interface Part {
  readonly id: string;
  quantity: number;
}

export interface HoldingSnapshot {
  readonly lots: readonly Part[];
  readonly covers: readonly Part[];
}

/** Whether two quantities are equal but for the noise of sums as large as `scale`. */
type IsSame = (a: number, b: number, scale: number) => boolean;

/**
 * What a venue holds for the account on one side of an instrument. It is counted twice: as lots, which every exit takes
 * first in first out as the book does, and as what the orders of each entry still have to protect.
 */
export class Holding {
  /** In lots, not below zero. */
  quantity = 0;
  private lots: Part[] = [];
  private covers: Part[] = [];

  constructor(private readonly isSame: IsSame) {}

  /** Entries that are open, as the book counts them: one that fills in parts is one. */
  get entries(): number {
    return new Set(this.lots.map(({ id }) => id)).size;
  }

  /** How much of an entry its protection still covers. */
  coveredBy(entry: string): number {
    return this.covers.find((each) => each.id === entry)?.quantity ?? 0;
  }

  open(id: string, quantity: number): void {
    // What comes later of an entry is a younger lot, but protected by the same orders.
    this.lots.push({ id, quantity });
    const its = this.covers.find((each) => each.id === id);
    if (its === undefined) this.covers.push({ id, quantity });
    else its.quantity += quantity;
    this.count();
  }

  /** Closes a quantity: of the oldest lots, and of one entry's protection or, without one, of the oldest too. */
  close(quantity: number, entry: string | undefined): void {
    takeOldest(this.lots, quantity, this.isSame);
    if (this.lots.length === 0) this.covers = [];
    else if (entry === undefined) takeOldest(this.covers, quantity, this.isSame);
    else {
      const its = this.covers.filter(({ id }) => id === entry);
      takeOldest(its, quantity, this.isSame);
      this.covers = this.covers.filter((each) => each.quantity > 0);
    }
    this.count();
  }

  /** Each quantity becomes another: those of the lots, and of what the orders of each entry protect. */
  split(quantitiesOf: (before: readonly number[]) => readonly number[]): void {
    const split = (parts: readonly Part[]): Part[] => {
      const quantities = quantitiesOf(parts.map(({ quantity }) => quantity));
      return parts
        .map(({ id }, i) => ({ id, quantity: quantities[i] }))
        .filter(({ quantity }) => quantity > 0);
    };
    this.lots = split(this.lots);
    this.covers = split(this.covers);
    this.count();
  }

  snapshot(): HoldingSnapshot {
    return structuredClone({ lots: this.lots, covers: this.covers });
  }

  restore(snapshot: HoldingSnapshot): void {
    const { lots, covers } = structuredClone(snapshot);
    this.lots = [...lots];
    this.covers = [...covers];
    this.count();
  }

  private count(): void {
    this.quantity = 0;
    for (const each of this.lots) this.quantity += each.quantity;
  }
}

/** Takes a quantity from the front, and what is used up out of the list. */
function takeOldest(parts: Part[], quantity: number, isSame: IsSame): void {
  for (let left = quantity; left > 0 && parts.length > 0;) {
    const [oldest] = parts;
    const isWhole = isSame(oldest.quantity, left, quantity);
    const taken = isWhole ? oldest.quantity : Math.min(oldest.quantity, left);
    oldest.quantity -= taken;
    left = isWhole ? 0 : left - taken;
    if (oldest.quantity === 0) parts.shift();
  }
}
