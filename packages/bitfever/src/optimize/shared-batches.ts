import type { Point, SharedWork, Span } from "@bitfever/engine";
import type { SharedPart } from "./span.js";
import type { TrialRunner } from "./trial.js";

/** For columns that the trials of a batch have in common. */
export const usualMemoryBytes = 512 * 2 ** 20;

/** What the trials of each batch of a search have in common, computed before the first of them. */
export class SharedBatches {
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
    const shared = this.runner.share(points, { mostBytes: this.mostBytes, allocate: sharedColumn }, span);
    if (shared === null) return undefined;
    this.onShared?.(shared.work);
    return shared.part;
  }
}

const sharedColumn = (length: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
