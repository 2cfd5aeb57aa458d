import { describe, expect, test } from "vitest";
import { Instrument } from "../../src/instrument.js";
import { Matching } from "../../src/matching.js";
import type { Command, Order, VenueEvent } from "../../src/order.js";
import type { PathName } from "../../src/path.js";
import { everyPath, fillTables, type FillCase, type Sent } from "./fill-tables.js";
import { costsOf } from "./simple-costs.js";

type Mode = "exact" | "given";

/** The story of a case as the market tells it. */
function play(row: FillCase, path: PathName, mode: Mode): string[] {
  const { bars, sent, costs = {}, capital = 1_000_000, tick = 0.5 } = row;
  const instrument = new Instrument(
    mode === "exact"
      ? { symbol: "TEST", tick, lot: 1, multiplier: 1, moneyDecimals: 2 }
      : { symbol: "TEST", tick: null, lot: null, multiplier: 1, moneyDecimals: null },
  );
  const market = new Matching(instrument, costsOf(costs), path, instrument.money(capital));
  const told: string[] = [];
  bars.forEach(([open, high, low, close], at) => {
    const inBar = market.bar({ time: at, open, high, low, close });
    for (const event of inBar) told.push(`bar ${at}: ${inWords(event, instrument, at)}`);
    for (const each of sent.filter((one) => (one.at ?? 0) === at)) {
      const atClose = market.command(commandOf(each, instrument));
      for (const event of atClose) told.push(`close ${at}: ${inWords(event, instrument, at)}`);
    }
  });
  return told;
}

function commandOf(sent: Sent, instrument: Instrument): Command {
  if ("cancel" in sent) return { kind: "cancel", id: sent.cancel };
  if ("exit" in sent) {
    const side = sent.exit === "long" ? "sell" : "buy";
    return { kind: "submit", order: order(sent.id ?? "exit", "market", "exit", side, 1, null) };
  }
  const { enter, id = "entry", stop, target } = sent;
  const quantity = instrument.quantity(sent.quantity ?? 1);
  const [side, back] = enter === "long" ? (["buy", "sell"] as const) : (["sell", "buy"] as const);
  const price = (decimal: number, type: "stop" | "limit"): number =>
    instrument.price(decimal, (type === "limit") === (back === "sell") ? "up" : "down");
  const children: Order[] = [];
  if (stop !== undefined)
    children.push(order(`${id} stop`, "stop", "stop", back, quantity, price(stop, "stop")));
  if (target !== undefined)
    children.push(order(`${id} target`, "limit", "target", back, quantity, price(target, "limit")));
  return { kind: "submit", order: { ...order(id, "market", "enter", side, quantity, null), children } };
}

function order(
  id: string,
  type: Order["type"],
  purpose: Order["purpose"],
  side: Order["side"],
  quantity: number,
  price: number | null,
): Order {
  return { id, type, purpose, side, quantity, price, tag: id, children: [] };
}

function inWords(event: VenueEvent, instrument: Instrument, at: number): string {
  switch (event.kind) {
    case "cancelled":
      return `${event.id} cancelled`;
    case "rejected":
      return `${event.id} rejected: ${event.reason}`;
    case "cash":
      throw new Error("no row holds at a cost");
    case "reduced":
      return `${event.id} reduced from ${instrument.quantityDecimal(event.from)} to ${instrument.quantityDecimal(event.to)}`;
    case "fill": {
      const { side, quantity, price, effect, reason, ambiguous, commission, time } = event.fill;
      expect(time, "the time of the bar").toBe(at);
      const what = `${side} ${instrument.quantityDecimal(quantity)} at ${instrument.priceDecimal(price)}`;
      const why = `${effect}s (${reason}${ambiguous ? ", ambiguous" : ""})`;
      return `${what} ${why}${commission === 0 ? "" : `, commission ${instrument.moneyDecimal(commission)}`}`;
    }
  }
}

/** The same story upside down: 100 + x for 100 − x, and what was long is short. */
function mirrored(row: FillCase): FillCase {
  const price = (given: number): number => 200 - given;
  const other = { long: "short", short: "long" } as const;
  const words: Readonly<Record<string, string>> = { buy: "sell", sell: "buy", ohlc: "olhc", olhc: "ohlc" };
  const swap = (text: string): string =>
    text
      .replace(/\b(buy|sell|ohlc|olhc)\b/g, (word) => words[word])
      .replace(/ at (\d+(\.\d+)?)/g, (_all, given: string) => ` at ${price(Number(given))}`);
  return {
    ...row,
    bars: row.bars.map(([open, high, low, close]) => [price(open), price(low), price(high), price(close)]),
    sent: row.sent.map((each): Sent => {
      if ("cancel" in each) return each;
      if ("exit" in each) return { ...each, exit: other[each.exit] };
      return {
        ...each,
        enter: other[each.enter],
        ...(each.stop === undefined ? {} : { stop: price(each.stop) }),
        ...(each.target === undefined ? {} : { target: price(each.target) }),
      };
    }),
    expected: Object.fromEntries(
      Object.entries(row.expected).map(([paths, lines]) => [swap(paths), lines.map(swap)]),
    ),
  };
}

function check(row: FillCase): void {
  const modes: readonly Mode[] = row.only === undefined ? ["given", "exact"] : [row.only];
  const seen: string[] = [];
  for (const [paths, lines] of Object.entries(row.expected)) {
    for (const path of everyPath.filter((name) => paths === "all" || paths.split(" ").includes(name))) {
      seen.push(path);
      for (const mode of modes) expect(play(row, path, mode), `path ${path}, ${mode}`).toEqual(lines);
    }
  }
  expect(seen.sort(), "every path, once").toEqual([...everyPath].sort());
}

for (const { title: table, cases } of fillTables) {
  describe(table, () => {
    for (const row of cases) {
      test(row.title, () => check(row));
      if (row.mirror !== false) test(`${row.title} (upside down)`, () => check(mirrored(row)));
    }
  });
}

test("the tables are long enough to mean something, and no row is there twice", () => {
  const rows = fillTables.flatMap((table) => table.cases.map(({ title }) => `${table.title}: ${title}`));
  expect(new Set(rows).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThanOrEqual(90);
});
