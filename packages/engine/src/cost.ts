import { kernels } from "./catalogue.js";
import { indicators } from "./indicators/index.generated.js";
import type { KernelState } from "./kernel.js";
import type { NodeCost, Plan, PlanNode } from "@bitfever/lang";

/**
 * What each node of a plan costs: how many steps it takes for a bar of its clock, and how many bytes it keeps beside its
 * columns. A step is what is done for one value: an indicator whose work grows with its window takes as many as that has
 * values, any other takes one.
 */
export const costsOf = ({ nodes }: Pick<Plan, "nodes">): readonly NodeCost[] =>
  nodes.map((node) => ({ steps: stepsOf(node), stateBytes: stateBytesOf(node) }));

function stepsOf(node: PlanNode): number {
  if (node.kind === "constant") return 0;
  if (node.kind !== "kernel") return 1;
  const indicator = indicators.find((each) => each.name === node.kernel);
  return indicator?.cost === "window" ? indicator.warmup(node.parameters) + 1 : 1;
}

function stateBytesOf(node: PlanNode): number {
  if (node.kind !== "kernel") return 0;
  return bytesOf(kernels.get(node.kernel)?.start(node.parameters) ?? {});
}

function bytesOf(value: KernelState[string]): number {
  if (typeof value === "number") return 8;
  if (value instanceof Float64Array) return value.byteLength;
  return Object.values(value).reduce<number>((sum, each) => sum + bytesOf(each), 0);
}
