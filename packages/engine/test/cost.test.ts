import { describe, expect, test } from "vitest";
import { costsOf } from "../src/cost.js";
import type { PlanNode } from "@bitfever/lang";

const kernel = (name: string, parameters: readonly number[]): PlanNode => ({
  kind: "kernel",
  kernel: name,
  parameters,
  inputs: [0],
  columns: [1],
  lookback: 0,
  clock: 0,
  warmup: 0,
  phase: "column",
  loop: null,
});

describe("what a node takes", () => {
  test.each([
    // Once, whatever the length; a count and a sum.
    ["sma", [50], 1],
    // As many steps as the window has values.
    ["median", [200], 200],
    ["percentrank", [100], 101],
    ["add", [], 1],
  ])("%s(%j)", (name, parameters, steps) => {
    expect(costsOf({ nodes: [kernel(name, parameters)] })[0].steps).toBe(steps);
  });

  test("a constant takes nothing", () => {
    const { clock, warmup, phase, loop, columns } = kernel("add", []);
    const node: PlanNode = { kind: "constant", value: 2, columns, clock, warmup, phase, loop };
    expect(costsOf({ nodes: [node] })).toEqual([{ steps: 0, stateBytes: 0 }]);
  });

  test("bytes are those of what a kernel keeps", () => {
    const [short, long] = costsOf({ nodes: [kernel("highest", [10]), kernel("highest", [1_010])] });
    expect(long.stateBytes - short.stateBytes).toBe(8_000);
  });
});
