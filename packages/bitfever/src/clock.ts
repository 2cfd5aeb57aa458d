/** Milliseconds by the clock of this process, to tell people how long something took. */
export const wallClock = (): number => performance.now();

/** Milliseconds UTC by the clock of this machine. */
export const utcClock = (): number => Date.now();

/** Milliseconds UTC with their fraction, which never run backwards: for how long something took, and when that was. */
export const steadyUtcClock = (): number => performance.timeOrigin + performance.now();
