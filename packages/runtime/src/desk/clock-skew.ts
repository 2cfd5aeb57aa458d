/** What an answer of the venue says of its clock. */
interface Answer {
  readonly roundTripMs: number;
  /** How far this clock is ahead of the venue's at least, below zero where it is behind; 0 where both may be the same. */
  readonly aheadMs: number;
}

export type ClockSkewSnapshot = readonly Answer[];

/** So many answers are looked at: a clock that was put right is believed after as many. */
const mostAnswers = 5;

/**
 * How far this clock and the venue's are apart. The venue has said what time it is between the question and its answer: only
 * what lies outside of that is certain. Of the last few answers the one that came quickest says most, and a late one little.
 */
export class ClockSkew {
  private answers: readonly Answer[] = [];

  /** Takes an answer in; times in milliseconds UTC, the venue's by its clock. */
  answered(askedAt: number, venueTime: number, heardAt: number): void {
    const aheadMs = Math.max(0, askedAt - venueTime) - Math.max(0, venueTime - heardAt);
    this.answers = [...this.answers, { roundTripMs: heardAt - askedAt, aheadMs }].slice(-mostAnswers);
  }

  /** 0 before the first answer. */
  get aheadMs(): number {
    const [first, ...more] = this.answers;
    if (first === undefined) return 0;
    // Of equally quick ones the newest.
    return more.reduce((best, each) => (each.roundTripMs <= best.roundTripMs ? each : best), first).aheadMs;
  }

  snapshot(): ClockSkewSnapshot {
    return [...this.answers];
  }

  restore(snapshot: ClockSkewSnapshot = []): void {
    this.answers = [...snapshot];
  }
}
