import type { Counting, OrderProposal } from "./gate.js";

/** Times of orders by who they are counted for; of a session day it is the number alone that counts. */
export type TallySnapshot = readonly (readonly [group: string, times: readonly number[]])[];

/** Counts the orders that were let through. */
export class Tally {
  private readonly groups = new Map<string, number[]>();

  constructor(private readonly counting: Counting) {}

  count(group: string, time: number): number {
    const times = this.groups.get(group);
    if (times === undefined) return 0;
    const { windowMs } = this.counting;
    if (windowMs === "session") return times.length;
    let past = 0;
    while (past < times.length && times[past] <= time - windowMs) past++;
    if (past > 0) times.splice(0, past);
    return times.length;
  }

  add(group: string, { time, isReplacement }: OrderProposal): void {
    if (isReplacement && !this.counting.countsReplacements) return;
    const times = this.groups.get(group);
    if (times === undefined) this.groups.set(group, [time]);
    else times.push(time);
  }

  startSession(): void {
    if (this.counting.windowMs === "session") this.clear();
  }

  clear(): void {
    this.groups.clear();
  }

  snapshot(): TallySnapshot {
    return [...this.groups].map(([group, times]) => [group, [...times]]);
  }

  restore(snapshot: TallySnapshot): void {
    this.groups.clear();
    for (const [group, times] of snapshot) this.groups.set(group, [...times]);
  }
}
