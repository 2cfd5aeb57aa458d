import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomOf } from "../src/random.js";
import { randomSpells, spellsOf } from "../src/random-spells.js";

const sequences = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 80 })
  .map((each) => Uint8Array.from(each, Number));

describe("random switching", () => {
  it("has as many sessions on, in as many spells", () => {
    fc.assert(
      fc.property(sequences, fc.nat(), (like, seed) => {
        const drawn = randomSpells(like, randomOf(seed));
        const on = (of: Uint8Array): number => of.filter((each) => each === 1).length;
        expect([drawn.length, on(drawn), spellsOf(drawn)]).toEqual([like.length, on(like), spellsOf(like)]);
      }),
    );
  });

  it("draws every such sequence about as often as any other", () => {
    // Of six sessions three on in two spells: (1, 2) or (2, 1), with gaps at the ends of 0 to 2: 2 × 6 = 12 sequences.
    const random = randomOf(7);
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const drawn = randomSpells(Uint8Array.of(1, 0, 0, 1, 1, 0), random).join("");
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    expect(counts.size).toBe(12);
    // Chi-squared of 11 degrees of freedom: 31.3 is passed once in a thousand.
    const chi = [...counts.values()].reduce((sum, each) => sum + (each - 1000) ** 2 / 1000, 0);
    expect(chi).toBeLessThan(31.3);
  });

  it("draws the same of the same seed", () => {
    const like = Uint8Array.from({ length: 50 }, (_, i) => (i % 7 < 3 ? 1 : 0));
    expect(randomSpells(like, randomOf(3))).toEqual(randomSpells(like, randomOf(3)));
    expect(randomSpells(like, randomOf(3))).not.toEqual(randomSpells(like, randomOf(4)));
  });
});
