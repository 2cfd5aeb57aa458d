/** Sessions that are learnt from, `[from, to)`, and those after them that are traded, `[to, until)`. */
export interface WalkWindow {
  readonly from: number;
  readonly to: number;
  readonly until: number;
}

export interface WalkOptions {
  /** `rolling`: the last `train` sessions are learnt from; `anchored`: all so far, from `train` on. */
  readonly kind: "rolling" | "anchored";
  readonly train: number;
  readonly test: number;
}

/** The windows of a walk-forward test over so many sessions; the last may be shorter. None where there is nothing left to trade. */
export function walkWindows(total: number, { kind, train, test }: WalkOptions): readonly WalkWindow[] {
  const windows: WalkWindow[] = [];
  for (let to = train; to < total; to += test)
    windows.push({ from: kind === "anchored" ? 0 : to - train, to, until: Math.min(to + test, total) });
  return windows;
}
