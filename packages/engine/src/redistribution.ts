/**
 * Shares of which none is more than a cap: what it cuts off goes to the others in proportion, as far as there are
 * others. None is below 0.
 */
export function redistributed(shares: readonly number[], cap: number): readonly number[] {
  const whole = shares.reduce((sum, each) => sum + each, 0);
  const full = new Set<number>();
  for (;;) {
    // No cap at all is Infinity, of which none is not 0.
    const left = full.size === 0 ? whole : whole - cap * full.size;
    const free = shares.reduce((sum, each, i) => (full.has(i) ? sum : sum + each), 0);
    const raised = shares.map((each, i) => (full.has(i) ? cap : free > 0 ? each * (left / free) : 0));
    const over = raised.flatMap((each, i) => (each > cap ? [i] : []));
    if (over.length === 0) return raised;
    for (const i of over) full.add(i);
  }
}
