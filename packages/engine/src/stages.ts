import type { ColumnId, Plan } from "@bitfever/lang";
import { inputsOf } from "./pruned-plan.js";

/**
 * For each node of a plan, how many comparisons of the members of a universe lie behind it, one on top of the other.
 * What is compared is the same for all members before the next stage begins.
 */
export function stagesOf({ nodes }: Plan): number[] {
  const stages = nodes.map(() => 0);
  if (!nodes.some((node) => node.kind === "across")) return stages;
  const makers = new Map<ColumnId, number>();
  for (const [i, node] of nodes.entries()) for (const each of node.columns) makers.set(each, i);
  const loops = new Map<number, number>();
  // What is in a loop reads what stands behind it, and goes with the whole of its loop.
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const [i, node] of nodes.entries()) {
      const behind = inputsOf(node).map((each) => stages[makers.get(each) ?? i]);
      const inLoop = node.loop === null ? 0 : (loops.get(node.loop) ?? 0);
      const stage = Math.max(0, inLoop, ...behind) + (node.kind === "across" ? 1 : 0);
      if (node.loop !== null) loops.set(node.loop, Math.max(inLoop, stage));
      if (stage > stages[i]) {
        stages[i] = stage;
        isSettled = false;
      }
    }
  }
  return stages;
}
