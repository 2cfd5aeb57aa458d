import { describe, expect, test } from "vitest";
import { free } from "../../src/costs.js";
import { Instrument } from "../../src/instrument.js";
import { Matching } from "../../src/matching.js";
import type { Command, Order, Side, VenueEvent } from "../../src/order.js";
import { formTables, type FormCase, type FormSent } from "./form-tables.js";

const exact = new Instrument({ symbol: "TEST", tick: 0.5, lot: 1, multiplier: 1, moneyDecimals: 2 });

/** The story of a case as the market tells it; `flip` turns prices and sides upside down. */
function play(
  { bars, sent, through = 0, onClose = false, capital = 1_000_000, rules = {}, volumes }: FormCase,
  flip: boolean,
): string[] {
  const turn = (price: number): number => (flip ? 200 - price : price);
  const market = new Matching(exact, free, flip ? "olhc" : "ohlc", exact.money(capital), {
    through,
    onClose,
    ...rules,
  });
  const told: string[] = [];
  const tell = (when: string, events: readonly VenueEvent[]): void => {
    for (const event of events) told.push(`${when}: ${inWords(event, turn, flip)}`);
  };
  bars.forEach(([open, high, low, close, session_bar], time) => {
    const [top, bottom] = flip ? [turn(low), turn(high)] : [high, low];
    const volume = volumes?.[time] ?? NaN;
    const bar = { time, open: turn(open), high: top, low: bottom, close: turn(close), volume };
    tell(`bar ${time}`, market.bar(session_bar === undefined ? bar : { ...bar, session_bar }));
    for (const each of sent.filter(({ at = 0 }) => at === time))
      tell(`close ${time}`, market.command(commandOf(each, turn, flip)));
  });
  return told;
}

function commandOf(sent: FormSent, turn: (price: number) => number, flip: boolean): Command {
  if (sent.cancel !== undefined) return { kind: "cancel", id: sent.cancel };
  const { enter, exit, quantity = 1, stop, targets = [], trail, type = "market", replaces } = sent;
  const isBuy = (enter === "long" || exit === "short") !== flip;
  const [side, back]: readonly Side[] = isBuy ? ["buy", "sell"] : ["sell", "buy"];
  const id = sent.id ?? (enter === undefined ? "exit" : "entry");
  const ticks = (decimal: number): number => exact.price(turn(decimal), "nearest");
  const child = (name: string, of: Order["type"], price: number | undefined): Order => ({
    id: `${id} ${name}`,
    type: of,
    side: back,
    purpose: of === "limit" ? "target" : "stop",
    quantity,
    price: price === undefined ? null : ticks(price),
    tag: id,
    children: [],
  });
  const children: Order[] = [];
  if (trail !== undefined) {
    const after =
      trail.after === undefined || stop === undefined ? null : { times: trail.after, stop: ticks(stop) };
    const { unit } = trail;
    const distance = unit === "ratio" ? trail.distance : exact.price(trail.distance, "nearest");
    const given = { distance, unit, isWhole: true, after } as const;
    children.push({ ...child("stop", "trailing_stop", stop), trail: given });
  } else if (stop !== undefined) children.push(child("stop", "stop", stop));
  targets.forEach(([price, share], i) => {
    children.push({ ...child(`target ${i + 1}`, "limit", price), share });
  });
  const order: Order = {
    id,
    type,
    side,
    purpose: enter === undefined ? "exit" : "enter",
    quantity,
    price: sent.price === undefined ? null : ticks(sent.price),
    tag: id,
    children,
    limit: sent.limit === undefined ? undefined : ticks(sent.limit),
    duration: sent.duration,
    isPostOnly: sent.isPostOnly,
    group: sent.group,
    entries: sent.entries,
    isPartial: sent.isPartial,
  };
  return replaces === undefined ? { kind: "submit", order } : { kind: "replace", id: replaces, order };
}

function inWords(event: VenueEvent, turn: (price: number) => number, flip: boolean): string {
  switch (event.kind) {
    case "cancelled":
      return `${event.id} cancelled`;
    case "rejected":
      return `${event.id} rejected: ${event.reason}`;
    case "cash":
      throw new Error("no row holds at a cost");
    case "reduced":
      return `${event.id} reduced from ${event.from} to ${event.to}`;
    case "fill": {
      const { side, quantity, price, effect, reason, ambiguous } = event.fill;
      const told = (side === "buy") !== flip ? "buy" : "sell";
      return `${told} ${quantity} at ${turn(exact.priceDecimal(price))} ${effect}s (${reason}${ambiguous ? ", ambiguous" : ""})`;
    }
  }
}

for (const [title, cases] of Object.entries(formTables)) {
  describe(title, () => {
    test.each(cases.map((each) => [each.title, each] as const))("%s", (_title, each) => {
      expect(play(each, false)).toEqual(each.expected);
      if (each.mirror !== false) expect(play(each, true), "upside down").toEqual(each.expected);
    });
  });
}

test("ticks beyond a limit need a tick", () => {
  const none = new Instrument({ symbol: "X", tick: null, lot: null, multiplier: 1, moneyDecimals: null });
  const market = (through: number): Matching =>
    new Matching(none, free, "nearest", 1, { through, onClose: false });
  expect(() => market(1)).toThrow(expect.objectContaining({ code: "BF5012" }));
  expect(() => market(0.5)).toThrow(expect.objectContaining({ code: "BF5013" }));
  expect(market(0).isIdle).toBe(true);
});

test("an order is known again after a snapshot", () => {
  const bar = { time: 0, open: 100, high: 100, low: 100, close: 100 };
  const turn = (price: number): number => price;
  const command = commandOf({ enter: "long", entries: 2 }, turn, false);
  const first = new Matching(exact, free, "ohlc", 1_000_000);
  first.command(command);
  first.bar(bar);
  const second = new Matching(exact, free, "ohlc", 1);
  second.restore(first.snapshot());
  expect(second.command(command)).toEqual([]);
  expect(second.bar(bar)).toEqual([]);
});
