import { describe, expect, it } from "vitest";
import { defineIndicator, length, type Indicator } from "../../src/indicator.js";
import { checkIndicator } from "../../src/indicator-laws/check.js";

/** The distance of a value from the one so many bars ago, as it should be. */
const stride = defineIndicator({
  name: "stride",
  summary: "Stride",
  description: "How far a value is from the one `length` bars ago.",
  source: "made up",
  formula: "source − source[length]",
  memory: "window",
  gaps: "spread",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "same", isDistance: true }],
  warmup: ([length]) => length,
  lookback: ([length]) => length,
  start: () => ({}),
  advance(_, [length], [source], [out], from, to) {
    for (let i = from; i < to; i++) out[i] = source[i] - source[i - length];
  },
  examples: [{ parameters: [1], inputs: { source: [1, 3, 2] }, outputs: { value: [null, 2, -1] } }],
});

let shared = 0;
const faults: readonly (readonly [name: string, change: Partial<Indicator>, law: RegExp])[] = [
  ["a warm-up that is one too long", { warmup: ([length]) => length + 1 }, /warm-up/],
  ["a warm-up that is one too short", { warmup: ([length]) => length - 1 }, /warm-up/],
  ["a look-back that is one too short", { lookback: ([length]) => length - 1 }, /cut/],
  ["no example", { examples: [] }, /examples/],
  [
    "an example that is not so",
    { examples: [{ parameters: [1], inputs: { source: [1, 3] }, outputs: { value: [null, 3] } }] },
    /examples/,
  ],
  ["another unit than it says", { outputs: [{ name: "value", type: "ratio" }] }, /units/],
  ["a distance that it calls a level", { outputs: [{ name: "value", type: "same" }] }, /levels/],
  [
    "a look ahead",
    {
      advance(_, [length], [source], [out], from, to) {
        for (let i = from; i < to; i++) out[i] = (source[i + 1] ?? source[i]) - source[i - length];
      },
    },
    /future/,
  ],
  [
    "something remembered outside",
    {
      warmup: () => 0,
      advance(_, __, [source], [out], from, to) {
        for (let i = from; i < to; i++) out[i] = shared += source[i];
      },
    },
    /to itself/,
  ],
  [
    "a state that is not all there is",
    {
      warmup: () => 0,
      start: () => Object.defineProperty({ sum: 0 }, "hidden", { value: { sum: 0 }, enumerable: false }),
      advance(state, _, [source], [out], from, to) {
        const { hidden } = state as unknown as { hidden?: { sum: number } };
        for (let i = from; i < to; i++) out[i] = hidden === undefined ? 0 : (hidden.sum += source[i]);
      },
    },
    /copy of its state/,
  ],
  [
    "a sum that a bar without a value spoils for good",
    {
      warmup: () => 0,
      start: () => ({ sum: 0 }),
      advance(state, _, [source], [out], from, to) {
        for (let i = from; i < to; i++) out[i] = state["sum"] = (state["sum"] as number) + source[i];
      },
    },
    /recovers/,
  ],
];

describe("an indicator of one's own", () => {
  it("is under the laws of the catalogue, and this one keeps them", () => {
    expect(checkIndicator(stride)).toEqual([]);
  });

  it.each(faults)("is found out: %s", (_, change, law) => {
    const broken = checkIndicator({ ...stride, ...change });
    expect(broken.map((each) => each.law).join("\n")).toMatch(law);
  });

  it("is told of with what was found, and where", () => {
    const [{ problem }] = checkIndicator({ ...stride, outputs: [{ name: "value", type: "ratio" }] });
    expect(problem).toMatch(
      /`value`, of unit ratio, is .* on bar \d+, and .* with prices × 4 \(\d+ bars with \d+\)/,
    );
  });
});
