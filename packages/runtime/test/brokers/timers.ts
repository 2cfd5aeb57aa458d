/** Time that passes when somebody asks for it. */
export class Timers {
  now = Date.UTC(2026, 0, 5, 10);
  private waiting: { readonly at: number; readonly act: () => void }[] = [];

  readonly after = (ms: number, act: () => void): void => {
    this.waiting.push({ at: this.now + ms, act });
  };

  /** Until nothing waits. */
  run(): void {
    while (this.waiting.length > 0) {
      let next = 0;
      for (let i = 1; i < this.waiting.length; i++) if (this.waiting[i].at < this.waiting[next].at) next = i;
      const [{ at, act }] = this.waiting.splice(next, 1);
      this.now = Math.max(this.now, at);
      act();
    }
  }
}
