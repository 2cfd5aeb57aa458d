import type { Point, SharedWork, Span } from "@bitfever/engine";
import type { SharedPart } from "./span.js";
import type { TrialRunner } from "./trial.js";

/** For columns that the trials of a batch have in common. */
export const usualMemoryBytes = 512 * 2 ** 20;

/** What the trials of each batch of a search have in common, computed before the first of them; the batch before may have left some. */
export class SharedBatches {
  /** Of the batch before. */
  private newest: { readonly part: SharedPart; readonly span: Span | undefined } | null = null;

  constructor(
    private readonly runner: TrialRunner,
    private readonly mostBytes: number,
    private readonly onShared: ((work: SharedWork) => void) | undefined,
  ) {}

  /** The columns, on memory that threads share. */
  of(proposals: readonly { readonly point: Point }[], span: Span | undefined): SharedPart | undefined {
    // One trial has nothing in common with anybody.
    if (proposals.length < 2) return undefined;
    const points = proposals.map(({ point }) => point);
    const known = isSame(this.newest?.span, span) ? this.newest?.part.columns : undefined;
    const shared = this.runner.share(points, { mostBytes: this.mostBytes, known }, span);
    if (shared === null) return undefined;
    this.newest = { part: shared.part, span };
    this.onShared?.(shared.work());
    return shared.part;
  }

  /** There are no more trials. */
  close(): void {
    this.newest = null;
    this.runner.letGo();
  }
}

const isSame = (a: Span | undefined, b: Span | undefined): boolean => a?.from === b?.from && a?.to === b?.to;
