import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Instrument } from "../../src/instrument.js";
import { Ledger } from "../../src/ledger.js";
import { Matching } from "../../src/matching.js";
import type { Fill, VenueEvent } from "../../src/order.js";
import { conversionOf, lives, markets, orderOf, type Foreign, type Life } from "./random-account.js";
import { atPar, exact, toTick, type Rate } from "./reference-costs.js";
import { ReferenceVenue } from "./reference-venue.js";

/*
 * The book against one that was written a second time, slowly, in decimals: after every fill and at every close all
 * that the account says of itself is the same to the last unit. Where on its path a bar meets an order, another test
 * says; here the market is asked where it stood, and everything that follows from that is worked out anew.
 */

const numRuns = Number(process.env["LAW_RUNS"] ?? 300);

/** The last rate that was known at an instant. */
function rateAt(foreign: Foreign | null, instant: number): Rate {
  if (foreign === null) return atPar;
  const last = foreign.rates.findLast(({ known }) => known <= instant);
  if (last === undefined) throw new Error("a life begins before its rates");
  const [first, second] = [exact(last.first), exact(last.second)];
  switch (foreign.way) {
    case "direct":
      return { up: first, down: exact(1) };
    case "inverse":
      return { up: exact(1), down: first };
    case "cross":
      return { up: first.times(second), down: exact(1) };
  }
}

/** Lives a life twice, and compares; what was seen on the way. */
function compare(life: Life, see: (what: string) => void = () => undefined): void {
  const { path, commissions, slippages, margin, volumeShare, capital, steps, foreign, intervalMs } = life;
  const specification = { ...markets[life.market].instrument, settles: foreign?.settles };
  const conversion = foreign === null ? undefined : conversionOf(foreign, intervalMs);
  const instrument = new Instrument(specification);
  const costs = { commissions, slippages, carries: [] };
  const rules = { margin, volume: volumeShare, explains: true };
  const venue = new Matching(instrument, costs, path, instrument.money(capital), rules, conversion);
  const ledger = new Ledger(instrument, capital);
  const reference = new ReferenceVenue(specification, costs, margin, volumeShare, capital);
  const book = reference.ledger;

  const priceIn = (ticks: number): Decimal => exact(ticks).times(specification.tick);
  const lotsIn = (lots: number): Decimal => exact(lots).times(specification.lot);
  const agree = (ours: Decimal | null, theirs: Decimal | null, what: string): void =>
    expect(ours?.toFixed(), what).toBe(theirs?.toFixed());
  const same = (ours: number, theirs: Decimal, what: string): void =>
    expect(ours, what).toBe(theirs.toNumber());

  const hearFill = (bar: Life["steps"][number]["bar"], fill: Fill): void => {
    const { orderId, price, quantity, commission, left, why } = fill;
    if (why === undefined) throw new Error("a fill that does not explain itself");
    const quoted = priceIn(why.quoted);
    const intent = reference.intent(orderId);
    if (fill.reason === "liquidation")
      agree(priceIn(why.level ?? NaN), book.liquidationPrice, "where the margin ends");
    else if (intent !== undefined && why.level !== null)
      agree(priceIn(why.level), reference.levelOf(intent), "the level of the order");
    if (intent?.purpose === "enter" || intent?.purpose === "exit")
      agree(quoted, reference.metBy(orderId, bar), "where the order is met");
    if (intent?.type !== "limit") expect(why.isMaker).toBe(false);
    seeFill(fill, book.traded(orderId).quantity, see, life);
    const said = reference.fill(bar, fill, quoted, why.isMaker);
    agree(priceIn(price), said.price, "the price after slippage");
    agree(lotsIn(quantity), said.quantity, "the quantity");
    same(instrument.moneyDecimal(commission), said.commission, "the commission");
    agree(left === undefined ? null : lotsIn(left), said.left, "what is left of the order");
  };

  const hear = (bar: Life["steps"][number]["bar"], events: readonly VenueEvent[]): void => {
    events.forEach((event, i) => {
      see(event.kind);
      if (event.kind === "fill") {
        ledger.apply(event.fill, bar.time);
        hearFill(bar, event.fill);
        if (book.entries > 1) see("several entries");
        same(ledger.cashDecimal, book.cash, "cash");
        same(instrument.quantityDecimal(ledger.position), book.position, "position");
        return;
      }
      if (event.kind === "split") return;
      if (event.kind === "cash") throw new Error("no life here holds at a cost");
      const order = event.kind === "cancelled" ? undefined : reference.intent(event.id);
      if (order === undefined || event.kind === "cancelled" || event.kind === "placed") return;
      // An entry that is cut has its fill behind it, or, where no volume is left, what it closed before it.
      const beside = [events[i + 1], ...events.slice(0, i).reverse()].flatMap((each) =>
        each?.kind === "fill" && each.fill.orderId === event.id ? [each.fill] : [],
      );
      const why = beside[0]?.why;
      const quoted = why === undefined ? reference.metBy(event.id, bar) : priceIn(why.quoted);
      if (event.kind === "reduced") {
        const { from, to } = reference.affordable(event.id, bar, quoted, why?.isMaker ?? false);
        agree(lotsIn(event.from), from, "what an entry wanted");
        agree(lotsIn(event.to), to, "what it is cut to");
      } else if (event.reason.startsWith("the account cannot pay")) {
        see("refused for want of money");
        const takes = reference.affordable(event.id, bar, quoted, false).to;
        const makes = reference.affordable(event.id, bar, quoted, true).to;
        agree(order.type === "limit" ? Decimal.min(takes, makes) : takes, exact(0), "what can be paid for");
      } else expect(book.entries).toBeGreaterThanOrEqual(order.entries);
    });
  };

  /** Splits what is held at the open of a bar. */
  const divide = (
    bar: Life["steps"][number]["bar"],
    [numerator, denominator]: readonly [number, number],
  ): void => {
    hear(bar, venue.begin(bar));
    const held = book.position;
    const events = venue.split({ numerator, denominator }, bar);
    for (const each of events) if (each.kind === "split") ledger.split(each.split, bar.time);
    const paid = reference.split([numerator, denominator], bar.open);
    for (const each of events)
      if (each.kind === "split")
        same(
          instrument.moneyDecimal(each.split.paid.long + each.split.paid.short),
          paid,
          "what a split paid",
        );
    hear(bar, events);
    same(ledger.cashDecimal, book.cash, "cash after a split");
    same(instrument.quantityDecimal(ledger.position), book.position, "position after a split");
    see(held.isZero() ? "split while flat" : book.position.isZero() ? "split to nothing" : "split");
    if (!paid.isZero()) see("paid for a fraction");
    if (book.entries > 1) see("several entries split");
  };

  /** Moves money before a bar, as much as the account can spare. */
  const transfer = (bar: Life["steps"][number]["bar"], asked: number, last: number): void => {
    hear(bar, venue.begin(bar));
    const steps = instrument.money(asked) + 0; // never below zero by nothing
    const amount = steps < 0 ? Math.max(steps, 0 - venue.free) : steps;
    venue.transfer(amount);
    ledger.book({ reason: asked < 0 ? "withdrawal" : "deposit", amount, time: bar.time });
    same(instrument.moneyDecimal(amount), book.transfer(asked, last), "what was moved");
    same(ledger.cashDecimal, book.cash, "cash after a transfer");
    see(amount === steps ? (asked < 0 ? "withdrawn" : "deposited") : "withdrawn in part");
  };

  for (const [i, { bar, intents, split, transfer: asked }] of steps.entries()) {
    const end = bar.time + intervalMs;
    reference.startBar(bar);
    // What trades in a bar is converted at what was known when it opened, what is marked at what is known at its end.
    book.rate = rateAt(foreign, bar.time);
    // What settles by profit is no share, and is not split.
    const isDivided = split !== null && foreign?.settles !== "profit";
    if (isDivided) divide(bar, split);
    if (asked !== 0) {
      const [numerator, denominator] = isDivided ? split : [1, 1];
      transfer(bar, asked, (steps[i - 1]?.bar.close ?? bar.open) * (denominator / numerator));
    }
    hear(bar, venue.bar(bar));
    book.rate = rateAt(foreign, end);
    const rate = conversion?.at(end);
    for (const intent of intents) {
      const order = orderOf(intent, instrument);
      // A size of no lot is nothing that a session sends.
      if (order.quantity === 0) continue;
      reference.submit(intent);
      hear(bar, venue.command({ kind: "submit", order }));
    }
    same(ledger.equity(bar.close, rate), book.equity(bar.close), "equity at the close");
    const told = ledger.trades(bar.close, rate).map((each) => ({
      ...{ side: each.side, entryPrice: shortened(each.entryPrice), entryValue: each.entryValue },
      ...{ exitPrice: each.exitPrice, exitValue: each.exitValue, quantity: each.quantity },
      ...{ profit: each.profit, commission: each.commission },
    }));
    expect(told).toEqual(
      book.trades(bar.close).map((each) => ({ ...each, entryPrice: shortened(each.entryPrice) })),
    );
    same(instrument.moneyDecimal(venue.snapshot().cash), book.cash, "the cash of the venue");
    const done = told.filter(({ exitPrice }) => exitPrice !== null);
    const net = done.reduce((sum, { profit }) => sum.plus(profit), exact(0));
    same(ledger.record.netProfit, net, "net profit");
    if (!toTick(exact(bar.close), specification).eq(bar.close)) see("a close between two ticks");
  }
}

/** A price divided by a split has no last digit that both ways of dividing agree on. */
const shortened = (price: number): number => Number(price.toPrecision(14));

function seeFill(
  { reason, effect, side, left, commission, price, quantity, why }: Fill,
  before: Decimal,
  see: (what: string) => void,
  { market, commissions, slippages, margin, volumeShare, foreign }: Life,
): void {
  if (foreign !== null)
    see(`${foreign.way} rates, ${effect === "open" ? "opened" : "closed"} by ${foreign.settles}`);
  if (foreign !== null && reason === "liquidation") see(`liquidated by ${foreign.settles}`);
  see(`filled ${reason}`);
  see(`on ${market}`);
  if (left !== undefined) see(`in parts to ${effect}`);
  if (margin.initial < 1) see("with leverage");
  if (reason === "liquidation" && margin.call === "reduce" && price > 0) see("reduced by a margin call");
  if (volumeShare !== null) see("with a limit to the volume");
  if (why?.isMaker === true) see("made");
  if (commission < 0) see("a rebate");
  for (const { model } of commissions) {
    see(`commission ${model}`);
    if (before.gt(0)) see(`commission ${model} on a later part`);
  }
  for (const { model } of slippages) if (price !== why?.quoted) see(`slippage ${model}`);
  if (effect === "close") see(`closed by a ${side}`);
  if (quantity > 0) see("a quantity");
}

describe("the ledger and a reference in decimals", { timeout: 60_000 + numRuns * 100 }, () => {
  test("lives see every cost, instrument and way to trade", () => {
    const seen = new Map<string, number>();
    for (const life of fc.sample(lives, { seed: 20261129, numRuns: 500 }))
      compare(life, (what) => void seen.set(what, (seen.get(what) ?? 0) + 1));
    const costs = ["share", "per_unit", "per_order", "maker_taker", "tiered"];
    for (const what of [
      ...Object.keys(markets).map((each) => `on ${each}`),
      ...costs.flatMap((each) => [`commission ${each}`, `commission ${each} on a later part`]),
      ...["ticks", "share", "spread", "volume_share", "square_root"].map((each) => `slippage ${each}`),
      ...["enter", "exit", "stop", "target", "reversal", "liquidation"].map((each) => `filled ${each}`),
      ...["in parts to open", "in parts to close", "with leverage", "with a limit to the volume"],
      ...["made", "several entries", "reduced", "rejected", "refused for want of money"],
      ...["split", "split while flat", "split to nothing", "paid for a fraction", "several entries split"],
      ...["reduced by a margin call"],
      ...["direct", "inverse", "cross"].flatMap((way) =>
        ["value", "profit"].flatMap((each) => [
          `${way} rates, opened by ${each}`,
          `${way} rates, closed by ${each}`,
        ]),
      ),
      ...["deposited", "withdrawn", "withdrawn in part"],
      ...["closed by a buy", "closed by a sell", "a close between two ticks"],
    ])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(10);
    // Fewer lives have one.
    expect(seen.get("a rebate") ?? 0).toBeGreaterThan(2);
  });

  test("agree on where the margin of a position in another currency ends", () => {
    const seen = new Map<string, number>();
    const abroad = lives.filter(({ foreign }) => foreign !== null);
    const tight = abroad.map((life) => ({ ...life, margin: { initial: 0.05, maintenance: 0.048 } }));
    for (const life of fc.sample(tight, { seed: 34, numRuns: 250 }))
      compare(life, (what) => void seen.set(what, (seen.get(what) ?? 0) + 1));
    for (const what of ["liquidated by value", "liquidated by profit"])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(4);
  });

  test("agree to the last unit, after every fill and at every close", () => {
    fc.assert(
      fc.property(lives, (life) => {
        compare(life);
      }),
      { seed: 1, numRuns },
    );
  });
});
