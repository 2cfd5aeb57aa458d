/**
 * Work that tells its parts as they come, and has a result. It begins when somebody asks for either; leaving a loop over its parts stops
 * it.
 */
export class ToldWork<Part, Result> implements AsyncIterable<Part> {
  private readonly parts: Part[] = [];
  /** Aborted when a loop over the parts is left. */
  private readonly left = new AbortController();
  private readonly signal: AbortSignal;
  private work: Promise<Result> | null = null;
  private isOver = false;
  /** Called when there is news. */
  private wake: (() => void)[] = [];

  /**
   * @param run     does the work; what it has come to is its result also where the signal stops it
   * @param signal  stops it from outside
   */
  constructor(
    private readonly run: (tell: (part: Part) => void, signal: AbortSignal) => Promise<Result>,
    signal: AbortSignal | undefined,
  ) {
    const { signal: own } = this.left;
    this.signal = signal === undefined ? own : AbortSignal.any([own, signal]);
  }

  /** What it has come to, once it is over or stopped. */
  get result(): Promise<Result> {
    const tell = (part: Part): void => {
      this.parts.push(part);
      this.tellNews();
    };
    this.work ??= this.run(tell, this.signal).finally(() => {
      this.isOver = true;
      this.tellNews();
    });
    return this.work;
  }

  /** Its parts as they come, in order. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Part, void> {
    const { result } = this;
    // Whoever only loops hears of an error there.
    result.catch(() => undefined);
    let next = 0;
    try {
      for (;;) {
        while (next < this.parts.length) yield this.parts[next++];
        if (this.isOver) break;
        await new Promise<void>((resolve) => this.wake.push(resolve));
      }
      await result;
    } finally {
      this.left.abort();
      // Whoever leaves early finds the work ended, and its files closed.
      await result.catch(() => undefined);
    }
  }

  private tellNews(): void {
    const waiting = this.wake;
    this.wake = [];
    for (const each of waiting) each();
  }
}
