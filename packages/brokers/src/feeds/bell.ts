/** How often the clock is told while nothing comes, in milliseconds. */
const beatMs = 250;

/** Wakes whoever waits for news, and at each beat of the clock where there are none. */
export class Bell {
  private wake = (): void => undefined;

  ring(): void {
    this.wake();
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, beatMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
