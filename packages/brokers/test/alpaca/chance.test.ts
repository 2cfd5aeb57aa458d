import {
  clientIdOf,
  randomOf,
  type Approved,
  type Order,
  type VenueOrder,
  type VenueOrderStatus,
} from "@bitfever/runtime";
import { expect, it } from "vitest";
import { alpacaTrial } from "./alpaca-trial.js";

const seeds = [1, 2, 3];

/** Whoever asks until he knows, and asks again only for what is absent, has each order once and hears of each trade once. */
it.each(seeds)(
  "whatever goes wrong by chance, books and venue agree in the end: seed %i",
  async (seed) => {
    const lostAfterMs = 400;
    const trial = await alpacaTrial({ lostAfterMs, timeoutMs: 500, pollMs: 500 }, seed);
    const { broker, instrument, strategy, price, distance, reports, server, settle } = trial;
    await broker.connect(() => undefined, [instrument]);
    const { symbol } = instrument.specification;
    const market = server.market("spot", "AAPL");
    const draw = randomOf(seed);
    server.mishaps({
      ...{ lateRequests: 0.1, lostRequests: 0.03, lostAnswers: 0.03, refused: 0.03, doneAndFailed: 0.1 },
      ...{ limited: 0.03, doubledRequests: 0.1, notFound: 0.05, filledBefore: 0.2, parts: 0.3 },
      ...{ lateMessages: 0.1, lostMessages: 0.1, doubledMessages: 0.1, swappedMessages: 0.1, cuts: 0.02 },
    });

    let questions = 0;
    /** Asks until the venue says what became of an order. */
    const fateOf = async (order: VenueOrder): Promise<VenueOrderStatus> => {
      for (;;) {
        const number = ++questions;
        const { clientId } = order;
        broker.snapshot({ number, orders: [{ clientId, strategy, symbol }], tradesFrom: 0 });
        await settle();
        const answer = reports.find((each) => each.kind === "snapshot" && each.number === number);
        const status = answer?.kind === "snapshot" ? answer.orders[0]?.status : undefined;
        if (status !== undefined) return status;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    };
    const sent: VenueOrder[] = [];
    for (let i = 0; i < 15; i++) {
      const id = `order-${i}`;
      const kind = draw();
      const common = { id, tag: id, children: [], quantity: 10 } as const;
      const exit = { ...common, side: "sell", purpose: "exit", price: null } as const;
      const order: Order =
        kind < 0.6
          ? {
              ...common,
              type: "limit",
              side: "buy",
              purpose: "enter",
              price: price - Math.ceil(draw() * 3) * distance,
            }
          : kind < 0.75
            ? { ...exit, type: "stop", purpose: "stop", price: price - 5 * distance }
            : kind < 0.85
              ? { ...exit, type: "market" }
              : { ...exit, type: "market", purpose: "enter", quantity: 25 };
      const isReduceOnly = order.purpose === "enter" ? undefined : (true as const);
      const asked = { clientId: clientIdOf(strategy, symbol, id), strategy, symbol, order, isReduceOnly };
      const approved = asked as unknown as Approved<VenueOrder>;
      sent.push(asked);
      const before =
        i > 0 && order.purpose === "enter" && draw() < 0.3 ? sent[Math.floor(draw() * i)] : undefined;
      do
        if (before === undefined) broker.submit(approved);
        else broker.modify(before, approved);
      while ((await fateOf(asked)) === "absent");
      if (draw() < 0.4) market.print(200 - Math.ceil(draw() * 3));
      if (draw() < 0.3) broker.cancel(asked);
    }
    server.mishaps({});
    const fates: Record<string, VenueOrderStatus> = {};
    for (const each of sent) fates[each.clientId] = await fateOf(each);

    // An order may have been refused, or its place may have gone: else the venue has it, once; one that turns a position round is two there.
    const served = market.orders();
    expect(new Set(served.map(({ clientId }) => clientId)).size).toBe(served.length);
    const told = reports.flatMap((each) => (each.kind === "trade" ? [each.trade] : []));
    expect(new Set(told.map(({ tradeId }) => tradeId)).size).toBe(told.length);
    const words = { open: "working", waiting: "working", filled: "filled" } as Record<string, string>;
    for (const { clientId } of sent) {
      const parts = served.filter((each) => [clientId, `${clientId}-2`].includes(each.clientId));
      const last = parts.at(-1);
      if (last === undefined) expect(["rejected", "cancelled"]).toContain(fates[clientId]);
      else expect(fates[clientId]).toBe(words[last.status] ?? "cancelled");
      const of = told.filter((each) => each.clientId === clientId);
      const filled = parts.reduce((sum, each) => sum + Number(each.filled), 0);
      expect(of.reduce((sum, each) => sum + each.quantity, 0)).toBe(filled);
      // What has traded is told before what became of the rest.
      const end = reports.findIndex((each) => each.kind === "cancelled" && each.clientId === clientId);
      const lastTrade = reports.findLastIndex((each) => each.kind === "trade" && of.includes(each.trade));
      if (end >= 0) expect(lastTrade).toBeLessThan(end);
    }
    const snapshot = reports.findLast((each) => each.kind === "snapshot");
    const held = told.reduce((sum, { side, quantity }) => sum + (side === "buy" ? quantity : -quantity), 0);
    expect(snapshot?.kind === "snapshot" && snapshot.positions).toEqual([{ symbol, quantity: held }]);
    expect(market.held()).toBe(String(held));
  },
  60_000,
);
