import { version } from "../../version.js";
import type { PresentWorker } from "./presence.js";

export interface AttendanceOptions {
  /** Of the queue, as it may be printed. */
  readonly address: string;
  /** How long workers may be missed before that is said. */
  readonly patienceMs: number;
  readonly say: (text: string) => void;
}

/** Counts the workers that are there, and says when they have been missed for long and when they have come. */
export class Attendance {
  /** Of all workers of this version. */
  threads = 0;
  private missedMs = 0;
  private hasSaid = false;

  constructor(private readonly options: AttendanceOptions) {}

  /**
   * @param workers   that are there
   * @param missedMs  how long they have been missed since the last time, if nobody is there
   */
  see(workers: readonly PresentWorker[], missedMs: number): void {
    const own = workers.filter((each) => each.version === version);
    this.threads = own.reduce((sum, { threads }) => sum + threads, 0);
    const { address, patienceMs, say } = this.options;
    if (this.threads > 0) {
      if (this.hasSaid) say(`workers have come: ${this.threads} threads`);
      this.missedMs = 0;
      this.hasSaid = false;
      return;
    }
    this.missedMs += missedMs;
    if (this.hasSaid || this.missedMs < patienceMs) return;
    this.hasSaid = true;
    const others = [...new Set(workers.map((each) => each.version))];
    say(
      others.length > 0
        ? `BF5153: the workers at ${address} are of BitFever ${others.join(", ")}, and this is ${version}: install the same version there`
        : `no worker has taken a chunk for ${patienceMs / 1_000} s: start one with \`bf worker --queue ${address}\``,
    );
  }
}
