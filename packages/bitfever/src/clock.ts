/** Milliseconds by the clock of this process, to tell people how long something took. */
export const wallClock = (): number => performance.now();

/** Milliseconds UTC by the clock of this machine. */
export const utcClock = (): number => Date.now();
