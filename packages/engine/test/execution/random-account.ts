import fc from "fast-check";
import type { CostModel } from "@bitfever/lang";
import { daysOf } from "../../src/calendar.js";
import { Conversion } from "../../src/conversion.js";
import type { Instrument } from "../../src/instrument.js";
import type { MatchedBar } from "../../src/matching.js";
import type { Order } from "../../src/order.js";
import { pathNames, type PathName } from "../../src/path.js";
import type { Leg } from "../../src/rates.js";
import { timingOf } from "../../src/trading-calendar.js";
import type { SteppedSpecification } from "./reference-costs.js";
import type { Margins } from "./reference-ledger.js";
import type { Intent } from "./reference-venue.js";

// Accounts of every kind: instruments with their steps, costs of every model, leverage, volume, and somebody who trades
// in decimals that lie on no step.

/** Something traded, with a price to wander about and how far that goes in a step of the walk. */
interface Market {
  readonly instrument: SteppedSpecification;
  readonly base: number;
  readonly stride: number;
  readonly units: number;
}

const symbol = "TEST";

export const markets: Readonly<Record<string, Market>> = {
  future: {
    instrument: { symbol, tick: 0.25, lot: 1, multiplier: 50, moneyDecimals: 2 },
    ...{ base: 4_500, stride: 15.25, units: 4 },
  },
  currencies: {
    instrument: { symbol, tick: 0.00001, lot: 0.001, multiplier: 1, moneyDecimals: 2 },
    ...{ base: 1.1, stride: 0.01234, units: 900 },
  },
  coin: {
    instrument: { symbol, tick: 0.01, lot: 0.001, multiplier: 1, moneyDecimals: 8 },
    ...{ base: 431.17, stride: 12.345, units: 2.5 },
  },
  yen: {
    instrument: { symbol, tick: 1, lot: 100, multiplier: 1, moneyDecimals: 0 },
    ...{ base: 1_234, stride: 3, units: 700 },
  },
  bond: {
    instrument: { symbol, tick: 1 / 32, lot: 1, multiplier: 0.1, moneyDecimals: 2 },
    ...{ base: 99, stride: 1 / 32, units: 80 },
  },
  penny: {
    instrument: { symbol, tick: 0.0001, lot: 0.1, multiplier: 1, moneyDecimals: 0 },
    ...{ base: 0.9, stride: 0.0101, units: 30 },
  },
};

const model = (name: string, parameters: fc.Arbitrary<(number | null)[]>): fc.Arbitrary<CostModel> =>
  parameters.map((given) => ({ model: name, parameters: given }));

const rate = fc.constantFrom(0, 0.0005, 0.00333, 0.01);
const none = fc.constant(null);
const money = fc.constantFrom(0, 0.5, 1, 7.25);

const commission: fc.Arbitrary<CostModel> = fc.oneof(
  model("share", fc.tuple(rate, money, fc.oneof(none, fc.constantFrom(3, 20)))),
  model(
    "per_unit",
    fc.tuple(fc.constantFrom(0.005, 0.0123, 1.5), money, fc.oneof(none, fc.constantFrom(0.001, 0.01))),
  ),
  model("per_order", fc.tuple(fc.constantFrom(0.5, 2, 4.999))),
  model("maker_taker", fc.tuple(fc.constantFrom(-0.01, -0.0001, 0, 0.0002), rate)),
  model(
    "tiered",
    fc
      .tuple(fc.constantFrom(500, 3_000), fc.constantFrom(9_000, 200_000))
      .map(([second, third]) => [0.002, second, 0.001, third, 0.0004, null, null, null, null]),
  ),
);

const slippage: fc.Arbitrary<CostModel> = fc.oneof(
  model("ticks", fc.tuple(fc.integer({ min: 0, max: 3 }))),
  model("share", fc.tuple(fc.constantFrom(0, 0.0001, 0.00077))),
  model("spread", fc.tuple(fc.constantFrom(0.0002, 0.001))),
  model("volume_share", fc.tuple(fc.constantFrom(0.1, 0.03))),
  model("square_root", fc.tuple(fc.constantFrom(0.5, 1))),
);

const margin: fc.Arbitrary<Margins> = fc.constantFrom(
  { initial: 1, maintenance: 0 },
  { initial: 0.2, maintenance: 0 },
  { initial: 0.3333, maintenance: 0.25 },
  { initial: 0.05, maintenance: 0.03 },
  { initial: 0.25, maintenance: 0.2, call: "reduce" },
  { initial: 0.05, maintenance: 0.03, call: "reduce" },
);

/** Where a price stands in strides from the base; not always on a tick. */
const place = fc.oneof(
  fc.integer({ min: -6, max: 6 }),
  fc.double({ min: -6, max: 6, noNaN: true }).map((at) => Math.round(at * 1_000) / 1_000),
);

const entry = fc.record({
  kind: fc.constant("enter" as const),
  side: fc.constantFrom("buy" as const, "sell" as const),
  type: fc.constantFrom("market" as const, "market" as const, "limit" as const, "stop" as const),
  size: fc.oneof(fc.double({ min: 0.05, max: 3, noNaN: true }), fc.constantFrom(1, 50)),
  at: place,
  entries: fc.integer({ min: 1, max: 3 }),
  stop: fc.option(place, { nil: null }),
  target: fc.option(place, { nil: null }),
  share: fc.constantFrom(undefined, undefined, 0.5, 0.3),
});

const exit = fc.record({
  kind: fc.constant("exit" as const),
  side: fc.constantFrom("buy" as const, "sell" as const),
  type: fc.constantFrom("market" as const, "limit" as const, "stop" as const),
  size: fc.double({ min: 0.05, max: 2, noNaN: true }),
  at: place,
  isPartial: fc.boolean(),
});

export type Wish =
  typeof entry extends fc.Arbitrary<infer E>
    ? E | (typeof exit extends fc.Arbitrary<infer X> ? X : never)
    : never;

const row = fc.record({
  open: place,
  up: fc.integer({ min: 0, max: 3 }),
  down: fc.integer({ min: 0, max: 3 }),
  close: fc.double({ min: 0, max: 1, noNaN: true }),
  volume: fc.constantFrom(0, 1, 2, 10, 1_000),
  split: fc.constantFrom<(readonly [number, number] | null)[]>(
    ...[null, null, null, null, null, null, null, null, null, null, null, null],
    ...([
      [2, 1],
      [3, 2],
      [1, 2],
      [1, 10],
      [5, 3],
      [1_003, 1_000],
    ] as [number, number][]),
  ),
  /** Of what a usual order is worth. */
  transfer: fc.constantFrom(0, 0, 0, 0, 0, 0.333, -0.5, -20),
  wishes: fc.array(fc.oneof({ weight: 3, arbitrary: entry }, { weight: 1, arbitrary: exit }), {
    maxLength: 2,
  }),
});

/** How money of the market becomes money of the account: by one rate, by its inverse, or by two that meet. */
const ways = ["direct", "inverse", "cross"] as const;

/** Rates as they become known; each is of a part of a bar, or of the close of one. */
export interface Foreign {
  readonly settles: "value" | "profit";
  readonly way: (typeof ways)[number];
  readonly rates: readonly { readonly known: number; readonly first: number; readonly second: number }[];
}

/** About which the rates of lives move: no further from 1 than money of every market can be counted in. */
const level = fc.constantFrom(1, 0.0667, 1.30935, 0.8181, 17);

const foreign = fc.record({
  settles: fc.constantFrom("value" as const, "profit" as const),
  way: fc.constantFrom(...ways),
  level,
  other: fc.constantFrom(1, 0.0667, 1.30935),
  moves: fc.array(
    fc.record({
      /** In quarters of a bar since the last one; 0 is none. */
      after: fc.integer({ min: 0, max: 6 }),
      first: fc.integer({ min: -90, max: 90 }),
      second: fc.integer({ min: -90, max: 90 }),
    }),
    { maxLength: 40, size: "max" },
  ),
});

function ratesOf(
  {
    level: first,
    other: second,
    moves,
  }: { level: number; other: number; moves: readonly { after: number; first: number; second: number }[] },
  intervalMs: number,
): Foreign["rates"] {
  const moved = (from: number, by: number): number => Number((from * (1 + by / 1_000)).toPrecision(6));
  const rates = [{ known: 0, first, second }];
  let quarters = 0;
  for (const each of moves) {
    if (each.after === 0) continue;
    quarters += each.after;
    rates.push({
      known: (quarters * intervalMs) / 4,
      first: moved(first, each.first),
      second: moved(second, each.second),
    });
  }
  return rates;
}

/** A life on one market, in decimals. */
export interface Life {
  readonly market: string;
  /** Where the money of the market is not that of the account. */
  readonly foreign: Foreign | null;
  readonly path: PathName;
  readonly commissions: readonly CostModel[];
  readonly slippages: readonly CostModel[];
  readonly margin: Margins;
  readonly volumeShare: number | null;
  readonly capital: number;
  readonly intervalMs: number;
  readonly steps: readonly {
    readonly bar: MatchedBar & { readonly volume: number };
    readonly intents: readonly Intent[];
    /** New shares for so many old at the open of the bar. */
    readonly split: readonly [number, number] | null;
    /** What is put in before the bar, below zero where it is taken out. */
    readonly transfer: number;
  }[];
}

/** Where a lot takes far less than a minor unit, a rebate that is rounded by itself leaves no largest order. */
const withoutRebate = ({ model, parameters }: CostModel): CostModel => ({
  model,
  parameters: model === "maker_taker" ? parameters.map((each) => Math.max(0, each ?? 0)) : parameters,
});

export const lives: fc.Arbitrary<Life> = fc
  .record({
    market: fc.constantFrom(...Object.keys(markets)),
    abroad: fc.option(foreign, { nil: null, freq: 2 }),
    path: fc.constantFrom<PathName>(...pathNames),
    commissions: fc.array(commission, { maxLength: 3 }),
    slippages: fc.array(slippage, { maxLength: 2 }),
    margin,
    volumeShare: fc.constantFrom(null, null, 0.1, 0.5),
    /** Of what a usual order is worth. */
    wealth: fc.constantFrom(0.01, 0.3, 1, 2, 100),
    intervalMs: fc.constantFrom(60_000, 86_400_000, 7 * 86_400_000),
    rows: fc.array(row, { minLength: 2, maxLength: 25, size: "max" }),
  })
  .map(({ rows, wealth, intervalMs, abroad, ...life }) => {
    const { instrument, base, stride, units } = markets[life.market];
    const isCross = abroad?.way === "cross";
    const rate =
      abroad === null
        ? 1
        : abroad.way === "inverse"
          ? 1 / abroad.level
          : abroad.level * (isCross ? abroad.other : 1);
    const price = (at: number): number => Number((base + at * stride).toPrecision(12));
    const order = base * units * instrument.multiplier * rate;
    const capital = Number(
      Math.max(order * wealth, 10 ** -instrument.moneyDecimals).toFixed(instrument.moneyDecimals),
    );
    const steps = rows.map(({ open, up, down, close, volume, transfer, split, wishes }, i) => ({
      split,
      transfer: Number((order * transfer).toFixed(instrument.moneyDecimals)),
      bar: {
        time: i * intervalMs,
        open: price(open),
        high: price(open + up),
        low: price(open - down),
        close: price(open - down + close * (up + down)),
        volume: volume * units,
      },
      intents: wishes.map((wish, k) => intentOf(wish, `${i}.${k}`, price, units)),
    }));
    return {
      ...life,
      commissions:
        abroad === null && !["currencies", "penny"].includes(life.market)
          ? life.commissions
          : life.commissions.map(withoutRebate),
      ...{ capital, steps },
      foreign: abroad && { settles: abroad.settles, way: abroad.way, rates: ratesOf(abroad, intervalMs) },
      intervalMs,
    };
  });

function intentOf(wish: Wish, id: string, price: (at: number) => number, units: number): Intent {
  const { side, type, at } = wish;
  const quantity = Number((wish.size * units).toFixed(5));
  const common = { id, type, side, quantity, price: type === "market" ? null : price(at) };
  if (wish.kind === "exit")
    return { ...common, purpose: "exit", entries: 1, isPartial: wish.isPartial, children: [] };
  const back = side === "buy" ? "sell" : "buy";
  const child = (purpose: "stop" | "target", place: number | null): Intent[] =>
    place === null
      ? []
      : [
          {
            ...{ id: `${id} ${purpose}`, type: purpose === "stop" ? "stop" : "limit", side: back, purpose },
            ...{ quantity, price: price(place), entries: 1, isPartial: false, children: [] },
            ...(purpose === "target" ? { share: wish.share } : {}),
          },
        ];
  return {
    ...common,
    ...{ purpose: "enter", entries: wish.entries, isPartial: false },
    children: [...child("stop", wish.stop), ...child("target", wish.target)],
  };
}

/** An order as a session sends it. */
export function orderOf(intent: Intent, instrument: Instrument): Order {
  const { id, type, side, purpose, price, entries, isPartial, share, children } = intent;
  const direction = (type === "limit") === (side === "buy") ? "down" : "up";
  return {
    ...{ id, type, side, purpose, tag: id },
    quantity: instrument.quantity(intent.quantity),
    price: price === null ? null : instrument.price(price, direction),
    children: children.map((each) => orderOf(each, instrument)),
    ...(purpose === "enter" ? { entries } : {}),
    ...(isPartial ? { isPartial } : {}),
    ...(share === undefined ? {} : { share }),
  };
}

/** The rates of a life as the engine is given them. */
export function conversionOf({ way, rates }: Foreign, intervalMs: number): Conversion {
  const quotes = (name: "first" | "second", isInverse: boolean): Leg => ({
    isInverse,
    quotes: {
      ...{ symbol: name, base: "AAA", quote: "BBB", holdsMs: Infinity },
      closedAt: Float64Array.from(rates, ({ known }) => known),
      close: Float64Array.from(rates, (each) => each[name]),
    },
  });
  const legs =
    way === "cross"
      ? [quotes("first", false), quotes("second", false)]
      : [quotes("first", way === "inverse")];
  return new Conversion(legs, timingOf(daysOf({ zone: "UTC" }), intervalMs));
}
