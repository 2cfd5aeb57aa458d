import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideAt, decisionsOf, type Track } from "../../src/equity-decisions.js";
import type { EquityFilter } from "../../src/equity-filter.js";
import { equityFilters } from "../../src/equity-filters/index.generated.js";
import { track } from "./tracks.js";

/* What holds of every filter of the catalogue, whatever the track. */

const tracks: fc.Arbitrary<Track> = fc
  .record({
    steps: fc.array(fc.integer({ min: -300, max: 310 }), { minLength: 1, maxLength: 60 }),
    trades: fc.array(fc.record({ session: fc.nat(59), profit: fc.integer({ min: -50, max: 50 }) })),
  })
  .map(({ steps, trades }) => {
    let value = 10_000;
    const equity = [value, ...steps.map((step) => (value = Math.max(1, value + step)))];
    return track(
      equity,
      trades.sort((a, b) => a.session - b.session),
    );
  });

/** Values near the short tracks, so that every branch is met. */
const valuesOf = ({ parameters }: EquityFilter): fc.Arbitrary<readonly number[]> =>
  fc.tuple(
    ...parameters.map(({ unit, least, most }) =>
      unit === "ratio"
        ? fc.double({ min: Math.max(least, -0.5), max: Math.min(most, 0.5), noNaN: true })
        : fc.integer({ min: least, max: Math.min(most, 12) }),
    ),
  );

/** The track as it was at the close of a session: nothing later is there to be seen. */
const upTo = ({ equity, profits, ended }: Track, session: number): Track => ({
  equity: equity.slice(0, session + 2),
  profits: profits.slice(0, ended[session]),
  ended: ended.slice(0, session + 1),
});

describe("the catalogue of equity filters", () => {
  it("has every file of its folder", () => {
    const folder = new URL("../../src/equity-filters/", import.meta.url);
    const files = readdirSync(folder).filter((name) => !name.startsWith("index."));
    expect(files.sort()).toEqual(equityFilters.map(({ name }) => `${name}.ts`));
  });
});

describe.each(equityFilters)("$name", (filter) => {
  const holds = (law: (track: Track, values: readonly number[]) => void): void => {
    fc.assert(fc.property(tracks, valuesOf(filter), law), { numRuns: 300 });
  };

  it("says what it is, and its defaults are allowed", () => {
    for (const text of [filter.summary, filter.source]) expect(text).toMatch(/^\S.{2,}[^.]$/);
    for (const each of filter.parameters) {
      expect(each.summary).toMatch(/^[a-z].+[^.]$/);
      expect(each.default).toBeGreaterThanOrEqual(each.least);
      expect(each.default).toBeLessThanOrEqual(each.most);
      if (each.unit !== "ratio") expect([each.least, each.default].every(Number.isInteger)).toBe(true);
    }
  });

  it("sees nothing later, and decides the same however the sessions are cut", () => {
    holds((whole, values) => {
      const all = decisionsOf(filter, values, whole);
      for (let session = 0; session < all.length; session++) {
        const isOn = decideAt(filter, values, upTo(whole, session), session);
        expect(isOn ? 1 : 0).toBe(all[session]);
      }
    });
  });

  it("does not depend on the size of the account", () => {
    holds((whole, values) => {
      const larger = (column: Float64Array): Float64Array => column.map((each) => each * 1024);
      const scaled = { ...whole, equity: larger(whole.equity), profits: larger(whole.profits) };
      expect(decisionsOf(filter, values, scaled)).toEqual(decisionsOf(filter, values, whole));
    });
  });

  it("is on until it has seen what it needs, and needs no less", () => {
    holds((whole, values) => {
      const { sessions = 0, trades = 0 } = filter.needs(values);
      const all = decisionsOf(filter, values, whole);
      all.forEach((on, session) => {
        if (session + 1 < sessions || whole.ended[session] < trades) expect(on).toBe(1);
      });
    });
  });

  it("is off at some time on a system that only loses, unless it never is", () => {
    const losing = track(
      Array.from({ length: 400 }, (_, i) => 10_000 - 20 * i),
      Array.from({ length: 399 }, (_, session) => ({ session, profit: -20 })),
    );
    const values = filter.parameters.map((each) => each.default);
    const all = decisionsOf(filter, values, losing);
    expect(all[398]).toBe(filter.name === "always" ? 1 : 0);
  });

  it("leaves a system on that stands still", () => {
    const still = track(Array.from({ length: 400 }, () => 1 / 3));
    const values = filter.parameters.map((each) => each.default);
    expect(decisionsOf(filter, values, still).every((each) => each === 1)).toBe(true);
  });
});
