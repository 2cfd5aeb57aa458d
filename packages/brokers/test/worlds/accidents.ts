import type { DrivenMarket } from "../../src/index.js";
import type { MishapShares, RequestName } from "../../src/venue-server/wire/mishap.js";
import type { VenueWire } from "./venue-wire.js";

/** Something that goes wrong at a time, and may last. */
export interface Accident {
  readonly begins: () => void;
  readonly ends?: () => void;
}

/** @param random  draws from [0, 1) */
export type DrawnAccident = (random: () => number) => Accident;

/** What happens to the wire of a venue, its clock and its market. */
export const accidentsOfWire = (
  wire: VenueWire,
  breakConnections: () => void,
  market: DrivenMarket,
): readonly DrawnAccident[] => [
  () => ({ begins: wire.cut, ends: wire.mend }),
  () => ({
    begins: () => {
      wire.freeze(true);
    },
    ends: () => {
      wire.freeze(false);
    },
  }),
  () => ({ begins: breakConnections }),
  (random) => {
    const ms = Math.round((random() - 0.5) * 8_000);
    return {
      begins: () => {
        wire.skew(ms);
      },
    };
  },
  (random) => {
    const depth = Math.floor(random() * 7);
    return {
      begins: () => {
        market.depth(depth);
      },
      ends: () => {
        market.depth(null);
      },
    };
  },
];

/**
 * What happens to the next requests about orders.
 *
 * @param lookUp  by which request the venue may say of an order that lives that it is not found
 */
export const accidentsOfOrders = (wire: VenueWire, lookUp: RequestName): readonly DrawnAccident[] => [
  (random) => {
    const ms = random() * 900;
    return {
      begins: () => {
        wire.script({ on: "place", mishap: { kind: "late_answer", ms } });
      },
    };
  },
  () => ({
    begins: () => {
      wire.script({ on: "place", mishap: { kind: "no_answer" } });
    },
  }),
  () => ({
    begins: () => {
      wire.script({ on: "place", mishap: { kind: "done_and_failed", status: 502 }, times: 2 });
    },
  }),
  () => ({
    begins: () => {
      wire.script({ on: lookUp, mishap: { kind: "not_found" } });
    },
  }),
];

/** How much goes wrong by chance from the first message on; one world in eight is quiet. */
export function drawnShares(random: () => number): MishapShares | null {
  if (random() < 0.12) return null;
  const share = (most: number): number => (random() < 0.5 ? random() * most : 0);
  return {
    ...{ lateRequests: share(0.3), lostRequests: share(0.1), lostAnswers: share(0.1) },
    ...{ refused: share(0.08), doneAndFailed: share(0.15), limited: share(0.1), notFound: share(0.08) },
    ...{ doubledRequests: share(0.15), filledBefore: share(0.3) },
    ...{ lateMessages: share(0.3), lostMessages: share(0.2), doubledMessages: share(0.2) },
    ...{ swappedMessages: share(0.2), cuts: share(0.03), parts: share(0.5) },
    mostMs: 20 + random() * 600,
  };
}

/** What goes wrong when, by the steps of a market. */
export interface Schedule {
  readonly count: number;
  /** Lets happen what is drawn for a step. */
  readonly pass: (step: number) => void;
  /** Ends whatever lasts, or would have begun. */
  readonly mend: () => void;
}

/** @param possible  the likeliest first */
export function drawnSchedule(
  random: () => number,
  steps: number,
  possible: readonly DrawnAccident[],
): Schedule {
  const drawn = Array.from({ length: Math.floor(random() * 8) }, () => {
    const { begins, ends } = possible[Math.floor(random() * random() * possible.length)](random);
    const from = Math.floor(random() * steps);
    return { begins, ends, from, to: from + 2 + Math.floor(random() * 20) };
  });
  return {
    count: drawn.length,
    pass: (step) => {
      for (const { begins, ends, from, to } of drawn)
        if (step === from) begins();
        else if (step === to) ends?.();
    },
    mend: () => {
      for (const { ends } of drawn) ends?.();
    },
  };
}
