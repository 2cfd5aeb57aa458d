import type { ColumnId, PlannedAlert } from "@bitfever/lang";
import type { Alert } from "@bitfever/engine";

export interface AlertsSnapshot {
  readonly were: readonly boolean[];
  readonly count: number;
  readonly sent: readonly Alert[];
}

/** Says what a strategy wants said, once for as long as a condition lasts. */
export class Alerts {
  /** Which conditions held on the bar before. */
  private were: boolean[];
  private list: Alert[] = [];
  /** How many were ever sent. */
  count = 0;

  constructor(private readonly planned: readonly PlannedAlert[]) {
    this.were = planned.map(() => false);
  }

  /** Those that were not let go, oldest first. */
  get sent(): readonly Alert[] {
    return this.list;
  }

  /** Lets go of all but the newest. */
  release(newest: number): void {
    this.list = this.list.slice(-Math.max(1, newest));
  }

  settle(time: number, value: (column: ColumnId) => number): void {
    this.planned.forEach(({ when, text }, i) => {
      const is = value(when) === 1;
      if (is && !this.were[i]) {
        this.count++;
        this.list.push({ time, text: text.map((each) => shown(each, value)).join("") });
      }
      this.were[i] = is;
    });
  }

  snapshot(): AlertsSnapshot {
    return structuredClone({ were: this.were, count: this.count, sent: this.list });
  }

  restore({ were, count, sent }: AlertsSnapshot): void {
    this.were = [...were];
    this.count = count;
    this.list = [...structuredClone(sent)];
  }
}

/** A text as it is, a number in as few digits as give it back. */
function shown(part: string | ColumnId, value: (column: ColumnId) => number): string {
  if (typeof part === "string") return part;
  const number = value(part);
  return Number.isNaN(number) ? "absent" : String(number);
}
