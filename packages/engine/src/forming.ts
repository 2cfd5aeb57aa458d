import type { ColumnId, Plan, PlanNode } from "@bitfever/lang";
import type { BarColumns } from "./bars.js";

/** What a block brought to a slower clock. */
interface SlowerBlock {
  readonly fields: BarColumns & { readonly session_bar: Float64Array };
  readonly from: number;
  readonly to: number;
  readonly closedCount: Float64Array;
  readonly forming: BarColumns;
}

/** What is asked of an evaluation of the slower clock alone. */
interface Peekable<Snapshot> {
  readonly bars: number;
  readonly append: (fields: SlowerBlock["fields"], from: number, to: number) => void;
  readonly value: (column: ColumnId, bar: number) => number;
  readonly peek: (bars: BarColumns, at: number, columns: readonly ColumnId[]) => readonly number[];
  readonly snapshot: () => Snapshot;
  readonly restore: (snapshot: Snapshot) => void;
}

/**
 * Reads a column of a slower clock on the bar that is still open: an evaluation of that clock alone, which hears of the
 * closed bars as they close, and is asked what it would say if the open one closed now.
 */
export class FormingReader<Snapshot> {
  /** Slower bars that had closed by the end of the block before. */
  private seen = 0;

  constructor(
    private readonly evaluation: Peekable<Snapshot>,
    private readonly column: ColumnId,
  ) {}

  /** Fills a value for each bar of the block; `closed` are the slower bars that have closed by its end. */
  read({ fields, to, closedCount, forming }: SlowerBlock, closed: number, output: Float64Array): void {
    for (let i = 0; i < output.length; i++) {
      while (this.evaluation.bars < closedCount[i]) {
        const at = to - (closed - this.evaluation.bars);
        this.evaluation.append(fields, at, at + 1);
      }
      const before = i > 0 ? closedCount[i - 1] : this.seen;
      // A bar that closes with this one is not open any more: it is what it came to.
      output[i] =
        closedCount[i] > before && forming.time[i] === fields.time[to - (closed - closedCount[i]) - 1]
          ? this.evaluation.value(this.column, closedCount[i] - 1)
          : this.evaluation.peek(forming, i, [this.column])[0];
    }
    this.seen = closed;
  }

  snapshot(): Snapshot {
    return this.evaluation.snapshot();
  }

  restore(snapshot: Snapshot): void {
    this.evaluation.restore(snapshot);
    this.seen = this.evaluation.bars;
  }
}

/** What one column of a clock needs, with that clock as the only one. */
export function planOfClock(plan: Plan, clock: number, column: ColumnId): Plan {
  const needed = new Set<ColumnId>([column]);
  const makers = new Map<ColumnId, PlanNode>();
  for (const node of plan.nodes) for (const each of node.columns) makers.set(each, node);
  // A set that grows while it is walked.
  for (const each of needed) {
    const maker = makers.get(each);
    if (maker?.clock !== clock || maker.kind === "latest" || maker.kind === "forming")
      throw new Error("evaluate: an unfinished bar of a clock that reads another one");
    if (maker.kind === "kernel") for (const input of maker.inputs) needed.add(input);
  }
  const nodes = plan.nodes
    .filter((node) => node.columns.some((each) => needed.has(each)))
    .map((node) => ({ ...node, clock: 0 }));
  return { ...plan, nodes, markets: [], clocks: [{ ...plan.clocks[clock], interval: null, market: null }] };
}
