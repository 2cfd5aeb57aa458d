const thirtyDaysMs = 30 * 86_400_000;

/** Money traded, in steps, with its time. */
type Entry = readonly [time: number, value: number];

export type TurnoverSnapshot = readonly Entry[];

/** What an account has traded lately: the fees of some venues go by it. */
export class Turnover {
  private entries: Entry[] = [];

  add(time: number, value: number): void {
    this.entries.push([time, value]);
  }

  /** Money traded in the thirty days before a moment, in steps: decimals would not add up to the rate they reach. */
  before(time: number): number {
    while (this.entries.length > 0 && this.entries[0][0] <= time - thirtyDaysMs) this.entries.shift();
    return this.entries.reduce((sum, [, value]) => sum + value, 0);
  }

  snapshot(): TurnoverSnapshot {
    return [...this.entries];
  }

  restore(snapshot: TurnoverSnapshot): void {
    this.entries = [...snapshot];
  }
}
