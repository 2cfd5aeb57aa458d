import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bookedFlows, timeWeighted, type BookedFlow } from "../../src/time-weighted.js";

/* What an account would have come to if nothing had been put in or taken out. */

const weighted = (equity: readonly number[], flows: readonly BookedFlow[]): number[] => [
  ...timeWeighted(Float64Array.from(equity), flows),
];

describe("by hand", () => {
  test("without flows it is the account, the very column", () => {
    const equity = Float64Array.from([100, 110]);
    expect(timeWeighted(equity, [])).toBe(equity);
  });

  test("two halves: half as much again, then a fifth less, whatever is put in between", () => {
    // 100 → 150; with 850 put in 1,000 → 800. The return is 1.5 × 0.8 − 1 = 20%.
    expect(weighted([140, 800], [{ bar: 1, amount: 850, worth: 150 }])).toEqual([140, 120]);
  });

  test("what moved before the open is earned on what was there before the flow", () => {
    // 100 at the close, 110 at the open; 110 are taken in, and nothing moves any more.
    expect(weighted([100, 220], [{ bar: 1, amount: 110, worth: 110 }])).toEqual([100, 110]);
  });

  test("two flows of one bar", () => {
    const flows = [
      { bar: 1, amount: 100, worth: 100 },
      { bar: 1, amount: -50, worth: 200 },
    ];
    expect(weighted([100, 165], flows)).toEqual([100, 110]);
  });

  test("while all is taken out it stands still, and goes on with what is put in", () => {
    const flows = [
      { bar: 1, amount: -120, worth: 120 },
      { bar: 3, amount: 50, worth: 0 },
    ];
    expect(weighted([110, 0, 0, 55], flows)).toEqual([110, 120, 120, 132]);
  });

  test("what has fallen to zero is not revived by a deposit", () => {
    expect(weighted([100, 500, 600], [{ bar: 1, amount: 510, worth: -10 }])).toEqual([100, -10, -10]);
  });

  test("only what the holder moved is a flow, at the bar at which it was booked", () => {
    const time = Float64Array.from([10, 20, 30]);
    const flows = [
      { reason: "borrow", amount: -1, time: 20 },
      { reason: "deposit", amount: 5, time: 20, worth: 100 },
      { reason: "withdrawal", amount: 0, time: 20, worth: 105, asked: -5 },
      { reason: "withdrawal", amount: -7, time: 30, worth: 104 },
    ] as const;
    expect(bookedFlows(flows, time)).toEqual([
      { bar: 1, amount: 5, worth: 100 },
      { bar: 2, amount: -7, worth: 104 },
    ]);
  });
});

test("the same returns come to the same, whatever is put in and taken out", () => {
  const move = fc.double({ min: -0.5, max: 1, noNaN: true });
  const bar = fc.record({ night: move, day: move, flow: fc.double({ min: -0.9, max: 3, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(bar, { minLength: 1, maxLength: 30 }), (bars) => {
      let [account, still] = [100, 100];
      const flows: BookedFlow[] = [];
      const [equity, expected]: [number[], number[]] = [[], []];
      bars.forEach(({ night, day, flow }, i) => {
        const worth = account * (1 + night);
        flows.push({ bar: i, amount: worth * flow, worth });
        account = (worth + worth * flow) * (1 + day);
        still *= (1 + night) * (1 + day);
        equity.push(account);
        expected.push(still);
      });
      weighted(equity, flows).forEach((value, i) => {
        expect(value / expected[i]).toBeCloseTo(1, 9);
      });
    }),
    { seed: 1, numRuns: 300 },
  );
});
