import { describe, expect, it } from "vitest";
import { decisionsOf, type Track } from "../../src/equity-decisions.js";
import { equityFilters } from "../../src/equity-filters/index.generated.js";
import { track, trades } from "./tracks.js";

/* What each filter answers, session by session, worked out by hand: 1 is on for the session after. */

interface Case {
  readonly filter: string;
  readonly why: string;
  readonly values: readonly number[];
  readonly track: Track;
  readonly on: readonly number[];
}

const cases: readonly Case[] = [
  { filter: "always", why: "ruin", values: [], track: track([100, 50, 10]), on: [1, 1] },
  {
    filter: "average",
    // Averages of three from the third close on: 102, 101⅔, 100, 100⅓.
    why: "above and below",
    values: [3],
    track: track([100, 101, 103, 102, 100, 98, 103]),
    on: [1, 1, 1, 0, 0, 1],
  },
  {
    filter: "average",
    why: "a third of a cent three times, standing still",
    values: [3],
    track: track([0.1, 1 / 3, 1 / 3, 1 / 3, 1 / 3]),
    on: [1, 1, 1, 1],
  },
  {
    filter: "profit",
    // Over two sessions: 2%, −1/101, exactly 0, 4%.
    why: "of two sessions, at least nothing",
    values: [2, 0],
    track: track([100, 101, 102, 100, 102, 104]),
    on: [1, 1, 0, 1, 1],
  },
  {
    filter: "profit",
    why: "of one session, at least 1%",
    values: [1, 0.01],
    track: track([100, 101, 101.5, 103]),
    on: [1, 0, 1],
  },
  {
    filter: "trade_profit",
    // Sums of two: 2, −1, 0.
    why: "of two trades",
    values: [2],
    track: trades(5, -3, 2, -2),
    on: [1, 1, 0, 1],
  },
  {
    filter: "trade_profit",
    why: "a trade that is not over yet is not known",
    values: [1],
    track: track([100, 100, 100], [{ session: 1, profit: -1 }]),
    on: [1, 0],
  },
  {
    filter: "winning_share",
    // Of three: 1/3, 1/3, 2/3; nothing won is not won.
    why: "half of three trades",
    values: [3, 0.5],
    track: trades(1, -9, 0, 1, 1),
    on: [1, 1, 0, 0, 1],
  },
  { filter: "winning_share", why: "exactly so many", values: [2, 0.5], track: trades(1, -9), on: [1, 1] },
  {
    filter: "periods",
    // New less old, two and two: 3+1−(1+2) = 1, 1+0−(2+3) = −4, 0+0−(3+1) < 0, 9+0−(1+0) > 0
    why: "two closes against two",
    values: [2],
    track: track([1, 1, 2, 3, 1, 0, 0, 9]),
    on: [1, 1, 1, 1, 0, 0, 1],
  },
  {
    filter: "slope",
    // Of a line through three, the sign of the third less the first.
    why: "through three closes",
    values: [3],
    track: track([100, 100, 90, 101, 80, 101]),
    on: [1, 1, 1, 0, 1],
  },
  {
    filter: "slope",
    // −1.5·(5−5) − 0.5·(9−5) + 0.5·(1−5) + 1.5·(7−5) = −2 − 2 + 3
    why: "through four closes",
    values: [4],
    track: track([5, 5, 9, 1, 7]),
    on: [1, 1, 1, 0],
  },
  {
    filter: "drawdown",
    // High 120, off at 108. Low 100, half of 20 won back at 110; later low 90 moves it to 105.
    why: "10%, and half of it won back",
    values: [0.1, 0.5],
    track: track([100, 120, 109, 108, 100, 109, 110, 112]),
    on: [1, 1, 0, 0, 0, 1, 1],
  },
  {
    filter: "drawdown",
    why: "10%, and a new high",
    values: [0.1, 1],
    track: track([100, 90, 99, 100, 101, 90]),
    on: [0, 0, 1, 1, 0],
  },
  {
    filter: "drawdown",
    // On again at 90, still 10% below 100; off at 81, which is 10% below 90.
    why: "what was lost before is behind it",
    values: [0.1, 0.5],
    track: track([100, 80, 90, 89, 82, 81]),
    on: [0, 1, 1, 1, 0],
  },
];

const filterOf = (name: string) => {
  const found = equityFilters.find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe("equity filters by hand", () => {
  it.each(cases)("$filter: $why", ({ filter, values, track, on }) => {
    expect([...decisionsOf(filterOf(filter), values, track)]).toEqual(on);
  });

  it("has a case for each", () => {
    expect(new Set(cases.map(({ filter }) => filter)).size).toBe(equityFilters.length);
  });
});
