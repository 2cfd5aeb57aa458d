/** Lets others have a turn in the middle of long work: requests and timers of a process, or what a page has to draw. */
export const turn: () => Promise<void> =
  typeof setImmediate === "function"
    ? () => new Promise((done) => setImmediate(done))
    : () => new Promise((done) => setTimeout(done, 0));
