/** A change that is a rise; otherwise 0. Without a branch: which way prices go is anyone's guess, also the processor's. */
export const rise = (change: number): number => (Math.abs(change) + change) / 2;
