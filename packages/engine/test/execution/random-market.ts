import fc from "fast-check";
import { Instrument } from "../../src/instrument.js";
import { Ledger } from "../../src/ledger.js";
import { Matching, type MatchedBar } from "../../src/matching.js";
import type { Command, Fill, Order, Side, VenueEvent } from "../../src/order.js";
import type { PathName } from "../../src/path.js";
import { costsOf, type SimpleCosts } from "./simple-costs.js";

// Bars and orders by lot, in whole numbers small enough that prices often coincide.

export interface Step {
  readonly bar: MatchedBar;
  /** Sent at the close of the bar. */
  readonly commands: readonly Command[];
}

export const exactInstrument = new Instrument({
  symbol: "TEST",
  tick: 1,
  lot: 1,
  multiplier: 1,
  moneyDecimals: 2,
});

export const free: SimpleCosts = { commission: 0, slippage: { unit: "ratio", value: 0 } };

export interface Bracket {
  readonly id: string;
  readonly side: "long" | "short";
  readonly quantity: number;
  readonly stop: number | null;
  readonly target: number | null;
}

export function entryOrder({ id, side, quantity, stop, target }: Bracket): Order {
  const isLong = side === "long";
  const back: Side = isLong ? "sell" : "buy";
  const child = (purpose: "stop" | "target", price: number): Order => ({
    id: `${id} ${purpose}`,
    type: purpose === "stop" ? "stop" : "limit",
    side: back,
    purpose,
    quantity,
    price,
    tag: id,
    children: [],
  });
  return {
    id,
    type: "market",
    side: isLong ? "buy" : "sell",
    purpose: "enter",
    quantity,
    price: null,
    tag: id,
    children: [
      ...(stop === null ? [] : [child("stop", stop)]),
      ...(target === null ? [] : [child("target", target)]),
    ],
  };
}

export function exitOrder(id: string, side: "long" | "short"): Order {
  return {
    id,
    type: "market",
    side: side === "long" ? "sell" : "buy",
    purpose: "exit",
    quantity: 1,
    price: null,
    tag: id,
    children: [],
  };
}

/** Opens from 96 to 104, so that many gap; bars up to 10 wide, some of one price. */
const prices = fc
  .record({
    open: fc.integer({ min: 96, max: 104 }),
    up: fc.integer({ min: 0, max: 5 }),
    down: fc.integer({ min: 0, max: 5 }),
    close: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ open, up, down, close }) => ({
    open,
    high: open + up,
    low: open - down,
    close: Math.round(open - down + close * (up + down)),
  }));

/** How far a stop or target is on its side of 100; now and then on the wrong one. */
const distance = fc.option(fc.integer({ min: -2, max: 7 }), { freq: 4, nil: null });

const wish = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("enter" as const),
      side: fc.constantFrom("long" as const, "short" as const),
      quantity: fc.integer({ min: 1, max: 60 }),
      stop: distance,
      target: distance,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("exit" as const),
      side: fc.constantFrom("long" as const, "short" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("cancel" as const),
      back: fc.integer({ min: 0, max: 3 }),
      what: fc.constantFrom("", " stop", " target"),
    }),
  },
);

/** A market with somebody in it who does not know what he does. */
export const steps: fc.Arbitrary<Step[]> = fc
  .array(fc.record({ prices, wishes: fc.array(wish, { maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 25,
    size: "max",
  })
  .map((rows) =>
    rows.map(({ prices: bar, wishes }, time) => ({
      bar: { time, ...bar },
      commands: wishes.flatMap((each, k): Command[] => {
        const id = `${time}.${k}`;
        if (each === null) return [];
        if (each.kind === "cancel") return [{ kind: "cancel", id: `${time - each.back}.0${each.what}` }];
        if (each.kind === "exit") return [{ kind: "submit", order: exitOrder(id, each.side) }];
        const up = each.side === "long" ? 1 : -1;
        const stop = each.stop === null ? null : 100 - up * each.stop;
        const target = each.target === null ? null : 100 + up * each.target;
        return [{ kind: "submit", order: entryOrder({ ...each, id, stop, target }) }];
      }),
    })),
  );

export interface Told {
  readonly bar: MatchedBar;
  readonly when: "bar" | "close";
  readonly event: VenueEvent;
}

export interface Account {
  readonly market: Matching;
  readonly ledger: Ledger;
}

export function openAccount(
  instrument: Instrument,
  costs: Partial<SimpleCosts>,
  path: PathName,
  initialCapital: number,
): Account {
  return {
    market: new Matching(instrument, costsOf(costs), path, instrument.money(initialCapital)),
    ledger: new Ledger(instrument, initialCapital),
  };
}

/** Takes an account through some steps; all that it was told. */
export function live({ market, ledger }: Account, rows: readonly Step[]): Told[] {
  const told: Told[] = [];
  const hear = (bar: MatchedBar, when: Told["when"], events: readonly VenueEvent[]): void => {
    for (const event of events) {
      told.push({ bar, when, event });
      if (event.kind === "fill") ledger.apply(event.fill, bar.time);
    }
  };
  for (const { bar, commands } of rows) {
    hear(bar, "bar", market.bar(bar));
    for (const command of commands) hear(bar, "close", market.command(command));
  }
  return told;
}

export const fillsOf = (told: readonly Told[]): Fill[] =>
  told.flatMap(({ event }) => (event.kind === "fill" ? [event.fill] : []));

/** Every order that was sent, and those that came with it, by id. */
export function ordersOf(rows: readonly Step[]): Map<string, Order> {
  const sent = rows.flatMap(({ commands }) =>
    commands.flatMap((each) => (each.kind === "submit" ? [each.order, ...each.order.children] : [])),
  );
  return new Map(sent.map((each) => [each.id, each]));
}
