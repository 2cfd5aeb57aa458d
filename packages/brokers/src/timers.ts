/** What is done later, and not at all once that is over. */
export class Timers {
  private readonly all = new Set<NodeJS.Timeout>();

  later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.all.delete(timer);
      act();
    }, ms);
    this.all.add(timer);
  }

  every(ms: number, act: () => void): void {
    this.all.add(setInterval(act, ms));
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.later(ms, resolve);
    });
  }

  clear(): void {
    for (const each of this.all) clearTimeout(each);
  }
}
