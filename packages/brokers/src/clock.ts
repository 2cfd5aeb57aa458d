/** Milliseconds UTC by the clock of this machine. */
export const utcNow = (): number => Date.now();
