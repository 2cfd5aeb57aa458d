/** Something that was demanded of a run, and what became of it. */
export interface Verdict {
  /** What was demanded. */
  readonly text: string;
  readonly passed: boolean;
  /** What was found, as a clause: `sharpe is 0.41`. */
  readonly found: string;
}

/** `all 3 hold`, or how many do not. */
export function tally(verdicts: readonly Verdict[]): string {
  const failed = verdicts.filter(({ passed }) => !passed).length;
  if (failed > 0) return `${failed} of ${verdicts.length} ${failed === 1 ? "does" : "do"} not hold`;
  return verdicts.length === 1 ? "holds" : `all ${verdicts.length} hold`;
}
