/** Counts what comes within a while, and says when it is too much. */
export class RequestLimit {
  private times: readonly number[] = [];

  constructor(
    private readonly most: number,
    private readonly withinMs: number,
  ) {}

  /** Takes one more at a time, in milliseconds; whether it is too much. */
  isExceeded(now: number): boolean {
    this.times = [...this.times.filter((each) => now - each < this.withinMs), now];
    return this.times.length > this.most;
  }
}
