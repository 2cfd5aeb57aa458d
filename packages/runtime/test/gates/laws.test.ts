import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Gatekeeper,
  gates,
  type AccountView,
  type Gate,
  type GateAction,
  type GateRule,
  type OrderProposal,
} from "@bitfever/runtime";
import { accountOf, holdingOf, noon, proposalOf } from "./account.js";

/* What is true of every gate of the catalogue. */

const quantity = fc.oneof(fc.nat({ max: 50 }), fc.double({ min: 0, max: 50, noNaN: true }));
const money = fc.oneof(
  fc.integer({ min: 80_000, max: 120_000 }),
  fc.constantFrom(0, -1, NaN, 100_000, 98_000, 90_000),
);
const price = fc.oneof(fc.double({ min: 50, max: 150, noNaN: true }), fc.constantFrom(100, 0, NaN));
const symbol = fc.constantFrom("AAA", "BBB");
const strategy = fc.constantFrom("trend", "swing");
const sector = fc.constantFrom("tech", "energy", null);
const minutesLater = fc.nat({ max: 300 }).map((tenths) => noon + tenths * 6_000);

const proposals: fc.Arbitrary<OrderProposal> = fc
  .record({
    ...{ time: minutesLater, signalTime: minutesLater, strategy, symbol, sector, quantity },
    side: fc.constantFrom("buy" as const, "sell" as const),
    isReducing: fc.boolean(),
    isFlattening: fc.constant(false),
    isReplacement: fc.boolean(),
    replacedQuantity: fc.nat({ max: 10 }),
    price: fc.option(price),
    lastPrice: price,
    unitWorth: fc.constantFrom(1, 50),
  })
  .map(proposalOf);

const holdings = fc.record({
  ...{ strategy, symbol, sector, long: quantity, short: quantity, lastPrice: price },
  entering: fc.record({ buy: quantity, sell: quantity }),
  openOrders: fc.nat({ max: 5 }),
  unitWorth: fc.constantFrom(1, 50),
  lastDataTime: fc.oneof(minutesLater, fc.constant(NaN)),
  clockSkewMs: fc.integer({ min: -2_000, max: 2_000 }),
  hedges: fc.constantFrom(undefined, true as const),
});

const accounts: fc.Arbitrary<AccountView> = fc
  .record({
    state: fc.record({
      ...{ equity: money, sessionEquity: money, highestEquity: money },
      lossesInARow: fc.nat({ max: 6 }),
      session: fc.nat({ max: 3 }),
    }),
    held: fc.uniqueArray(holdings, {
      selector: (each) => `${each.strategy} ${each.symbol}`,
      maxLength: 4,
    }),
  })
  .map(({ state, held }) => accountOf(state, held.map(holdingOf)));

const moments = fc.array(fc.record({ proposal: proposals, account: accounts }), { maxLength: 12 });

/** Limits of a gate, the tighter one first. */
function limitsOf({ unit }: Gate): fc.Arbitrary<readonly [Partial<GateRule>, Partial<GateRule>]> {
  const numbers = (
    most: fc.Arbitrary<number>,
  ): fc.Arbitrary<readonly [Partial<GateRule>, Partial<GateRule>]> =>
    fc.tuple(most, most).map(([a, b]) => [{ most: Math.min(a, b) }, { most: Math.max(a, b) }]);
  const upTo = (max: number): fc.Arbitrary<number> => fc.double({ min: 0, max, noNaN: true });
  switch (unit) {
    case "units":
      return numbers(upTo(200));
    case "money":
      return numbers(upTo(100_000));
    case "share":
      return numbers(upTo(3));
    case "lost share":
      return numbers(upTo(1));
    case "count":
      return numbers(fc.nat({ max: 6 }));
    case "duration":
      return numbers(fc.nat({ max: 1_000_000 }));
    case "hours": {
      const windows = fc.uniqueArray(fc.nat({ max: 29 }), { minLength: 1, maxLength: 10 });
      const hours = (given: readonly number[]): Partial<GateRule> => ({
        hours: {
          zone: "UTC",
          windows: given.map((each) => ({ from: `12:${pad(each)}`, to: `12:${pad(each + 2)}` })),
        },
      });
      return fc.tuple(windows, windows).map(([a, b]) => [hours(a), hours([...a, ...b])]);
    }
    case "events": {
      const event = fc
        .tuple(minutesLater, fc.integer({ min: 1, max: 600_000 }))
        .map(([from, length]) => ({ name: "event", from, to: from + length }));
      const events = fc.array(event, { maxLength: 6 });
      return fc.tuple(events, events).map(([a, b]) => [{ events: [...a, ...b] }, { events: a }]);
    }
  }
}

const pad = (minute: number): string => String(minute).padStart(2, "0");

const rulesOf = (gate: Gate): fc.Arbitrary<GateRule> =>
  fc
    .record({
      limits: limitsOf(gate),
      per: gate.per.length === 0 ? fc.constant(undefined) : fc.constantFrom(undefined, ...gate.per),
      action: fc.constantFrom<(GateAction | undefined)[]>("refuse", "reduce", "halt", "flatten", undefined),
    })
    .map(({ limits: [limit], per, action }) => ({ gate: gate.name, ...limit, per, action }));

/** What a gatekeeper says, moment by moment; now and then an operator lets the account go on. */
const answers = (
  gatekeeper: Gatekeeper,
  given: typeof moments extends fc.Arbitrary<infer T> ? T : never,
): unknown[] =>
  given.map(({ proposal, account }, i) => {
    if (i % 5 === 4) gatekeeper.resume(account);
    const instruction = gatekeeper.look(proposal.time, account);
    const decision = gatekeeper.propose(proposal, { clientId: proposal.clientId }, account);
    return [instruction, "refused" in decision ? decision.refused : "approved", gatekeeper.state];
  });

describe.each(gates.map((gate) => [gate.name, gate] as const))("%s", (name, gate) => {
  it("says what it is, in a sentence", () => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(gate.code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(gate.summary).toMatch(/^[A-Z].*\.$/);
  });

  it("gives the same answers to the same questions", () => {
    fc.assert(
      fc.property(rulesOf(gate), moments, (rule, given) => {
        expect(answers(new Gatekeeper([rule]), given)).toEqual(answers(new Gatekeeper([rule]), given));
      }),
    );
  });

  it("goes on from a snapshot as if nothing had been", () => {
    fc.assert(
      fc.property(rulesOf(gate), moments, moments, (rule, before, after) => {
        const whole = new Gatekeeper([rule]);
        answers(whole, before);
        const resumed = new Gatekeeper([rule]);
        resumed.restore(JSON.parse(JSON.stringify(whole.snapshot())));
        expect(answers(resumed, after)).toEqual(answers(whole, after));
        expect(resumed.uses).toEqual(whole.uses);
        expect(resumed.holds).toEqual(whole.holds);
      }),
    );
  });

  it("refuses nothing under a looser limit that it lets through under a tighter one", () => {
    fc.assert(
      fc.property(limitsOf(gate), moments, ([tight, loose], given) => {
        const [strict, mild] = [tight, loose].map((limit) => new Gatekeeper([{ gate: name, ...limit }]));
        // An account that is told of its orders is another one under each limit: each moment is one of its own but for what
        // the gates count, which goes on.
        const inOrder = given.toSorted((a, b) => a.proposal.time - b.proposal.time);
        for (const { proposal, account } of inOrder) {
          const isLetThrough =
            "approved" in strict.propose(proposal, { clientId: proposal.clientId }, account);
          const decision = mild.propose(proposal, { clientId: proposal.clientId }, account);
          if (isLetThrough) expect(decision).toHaveProperty("approved");
        }
      }),
    );
  });

  it("refuses no order that only reduces, unless the account is halted", () => {
    fc.assert(
      fc.property(rulesOf(gate), moments, (rule, given) => {
        const gatekeeper = new Gatekeeper([rule]);
        for (const { proposal, account } of given) {
          gatekeeper.look(proposal.time, account);
          const decision = gatekeeper.propose(proposal, { clientId: proposal.clientId }, account);
          const mayPass = gatekeeper.state !== "halted";
          if (proposal.isReducing) expect("approved" in decision).toBe(mayPass);
        }
      }),
    );
  });

  it("changes the account as its rule says, and not where it only refuses", () => {
    fc.assert(
      fc.property(rulesOf(gate), moments, (rule, given) => {
        const gatekeeper = new Gatekeeper([rule]);
        for (const { proposal, account } of given) {
          gatekeeper.look(proposal.time, account);
          gatekeeper.propose(proposal, { clientId: proposal.clientId }, account);
        }
        const brought = { refuse: "active", reduce: "reducing", halt: "halted", flatten: "halted" } as const;
        expect(["active", brought[rule.action ?? "refuse"]]).toContain(gatekeeper.state);
      }),
    );
  });
});

it("names of gates and codes are theirs alone, and the files are called so", () => {
  const names = gates.map(({ name }) => name);
  expect(new Set(gates.map(({ code }) => code)).size).toBe(gates.length);
  const files = readdirSync(new URL("../../src/gates/catalogue", import.meta.url))
    .filter((file) => !file.startsWith("index."))
    .map((file) => file.replace(/\.ts$/, ""));
  expect(names).toEqual(files.sort());
});
