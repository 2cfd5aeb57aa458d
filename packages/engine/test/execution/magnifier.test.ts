import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MatchedBar } from "../../src/matching.js";
import type { Fill } from "../../src/order.js";
import { pathNames as everyPath } from "../../src/path.js";
import { exactInstrument, fillsOf, free, live, openAccount, steps, type Step } from "./random-market.js";

/** Groups of steps as bars that are so much coarser, with what is sent at the close of each. */
function coarser(
  rows: readonly Step[],
  size: number,
): { bar: MatchedBar; finer: MatchedBar[]; commands: Step["commands"] }[] {
  const groups: Step[][] = [];
  rows.forEach((row, i) => {
    if (i % size === 0) groups.push([]);
    groups[groups.length - 1].push(row);
  });
  return groups.map((group) => {
    const finer = group.map(({ bar }) => bar);
    const [first] = finer;
    const last = finer[finer.length - 1];
    const bar = {
      time: first.time,
      open: first.open,
      high: Math.max(...finer.map(({ high }) => high)),
      low: Math.min(...finer.map(({ low }) => low)),
      close: last.close,
    };
    return { bar, finer, commands: group[group.length - 1].commands };
  });
}

const inShort = ({ orderId, side, price, quantity, effect, reason }: Fill): string =>
  `${orderId} ${side} ${quantity} at ${price} ${effect} ${reason}`;

describe("finer bars", () => {
  const path = fc.constantFrom(...everyPath);
  const cases = fc.record({ rows: steps, path, size: fc.integer({ min: 1, max: 4 }) });

  test("fill what the same orders get on the finer bars themselves", () => {
    let seen = 0;
    fc.assert(
      fc.property(cases, ({ rows, path, size }) => {
        const coarse = coarser(rows, size);
        const { market } = openAccount(exactInstrument, free, path, 1_000_000);
        const through = coarse.flatMap(({ bar, finer, commands }) => {
          const events = [...market.bar(bar, finer), ...commands.flatMap((each) => market.command(each))];
          return events.flatMap((event) => (event.kind === "fill" ? [inShort(event.fill)] : []));
        });
        // The finer market is told at the end of each coarse bar, and hears nothing between.
        const spread = coarse.flatMap(({ finer, commands }) =>
          finer.map((bar, i): Step => ({ bar, commands: i === finer.length - 1 ? commands : [] })),
        );
        const directly = fillsOf(live(openAccount(exactInstrument, free, path, 1_000_000), spread)).map(
          inShort,
        );
        expect(through).toEqual(directly);
        seen += through.length;
      }),
      { seed: 31, numRuns: 500 },
    );
    expect(seen).toBeGreaterThan(500);
  });

  test("one finer bar that is the bar itself changes nothing", () => {
    fc.assert(
      fc.property(fc.record({ rows: steps, path }), ({ rows, path }) => {
        const [plain, magnified] = [0, 1].map(
          () => openAccount(exactInstrument, free, path, 1_000_000).market,
        );
        for (const { bar, commands } of rows) {
          expect(magnified.bar(bar, [bar])).toEqual(plain.bar(bar));
          for (const each of commands) expect(magnified.command(each)).toEqual(plain.command(each));
        }
      }),
      { seed: 32, numRuns: 300 },
    );
  });
});
