import { expect, it } from "vitest";
import { calendarOf, timingOf } from "@bitfever/engine";
import { feedStates } from "../../src/trading/feed-state.js";

const zone = { zone: "America/New_York" };
const quarter = 900_000;

it.each([
  ["within a session", "NYSE", quarter, "2024-07-02T14:45:00Z", "2024-07-02T15:00:00Z"],
  ["over a night", "NYSE", quarter, "2024-07-02T20:00:00Z", "2024-07-03T13:45:00Z"],
  // The third closes early, the fourth is none, and then come Friday and a weekend.
  ["over a holiday", "NYSE", quarter, "2024-07-03T17:00:00Z", "2024-07-05T13:45:00Z"],
  ["over a weekend, by days", "NYSE", 86_400_000, "2024-07-05T20:00:00Z", "2024-07-08T20:00:00Z"],
  ["where there are no hours", "ALWAYS", quarter, "2024-07-06T00:00:00Z", "2024-07-06T00:15:00Z"],
])("a feed is due for its next bar: %s", (_, calendar, intervalMs, closed, next) => {
  const timings = new Map([["A", timingOf(calendarOf(calendar, zone), intervalMs)]]);
  expect(feedStates(timings, new Map([["A", Date.parse(closed)]]))).toEqual([
    { symbol: "A", closedAt: Date.parse(closed), nextCloseAt: Date.parse(next) },
  ]);
});

it("is not due before its first bar, nor at a pace that nobody knows", () => {
  const timings = new Map(
    [0, quarter].map((intervalMs) => [`${intervalMs}`, timingOf(calendarOf("ALWAYS", zone), intervalMs)]),
  );
  expect(feedStates(timings, new Map([["0", 5]]))).toEqual([
    { symbol: "0", closedAt: 5, nextCloseAt: null },
    { symbol: `${quarter}`, closedAt: null, nextCloseAt: null },
  ]);
});
