import { orderTypes } from "@bitfever/engine";
import type { VenueOrder } from "../contract.js";
import type { BrokerTalk } from "./broker-talk.js";

/** Something that every broker has to show. */
export interface BrokerCheck {
  readonly name: string;
  readonly run: (talk: BrokerTalk) => Promise<void>;
}

export const brokerChecks: readonly BrokerCheck[] = [
  {
    name: "an order is acknowledged",
    run: async (talk: BrokerTalk): Promise<void> => {
      const order = talk.order({ id: "resting", steps: -1 });
      await talk.submit(order);
      const { openOrders } = await talk.look();
      const found = openOrders.filter(({ clientId }) => clientId === order.clientId);
      talk.expect(found.length === 1, `of one order that rests ${found.length} are told`);
      talk.expect(
        found.every(({ side, left }) => side === "buy" && left === talk.trial.quantity),
        "an order that rests is told with another side or quantity",
      );
      await talk.expectFate(order, "working");
    },
  },
  {
    name: "a doubled client id is one order",
    run: async (talk: BrokerTalk): Promise<void> => {
      const { broker, settle } = talk.trial;
      const order = talk.order({ id: "doubled", steps: -1 });
      await talk.submit(order);
      await talk.submit(order);
      broker.submit(talk.sent[0]);
      await settle();
      const { openOrders } = await talk.look();
      talk.expect(openOrders.length === 1, `${openOrders.length} orders rest, of one that was sent again`);
      await talk.fill(order, -2);
      broker.submit(talk.sent[0]);
      await talk.trial.trade(talk.priceAt(-2));
      const { quantity } = talk.trial;
      const held = await talk.position();
      talk.expect(held === quantity, `${held} lots are held, of ${quantity} that were sent again and again`);
    },
  },
  {
    name: "a cancelled order is gone",
    run: async (talk: BrokerTalk): Promise<void> => {
      const order = talk.order({ id: "taken back", steps: -1 });
      await talk.submit(order);
      await talk.cancel(order);
      await talk.expectFate(order, "cancelled");
      talk.trial.broker.cancel(talk.requestOf(order));
      await talk.trial.trade(talk.priceAt(-2));
      const { openOrders } = await talk.look();
      talk.expect(openOrders.length === 0, "an order rests that was cancelled");
      talk.expect(talk.traded(order) === 0, "an order has traded after it was cancelled");
      await talk.expectFate(order, "cancelled");
    },
  },
  {
    name: "what never came cannot be cancelled",
    run: async (talk: BrokerTalk): Promise<void> => {
      const order = talk.order({ id: "never sent", steps: -1 });
      talk.trial.broker.cancel(talk.requestOf(order));
      await talk.trial.settle();
      for (const kind of ["accepted", "cancelled", "rejected"] as const)
        talk.expect(!talk.has(kind, order), `an order that was never sent is ${kind}`);
      await talk.expectFate(order, "absent");
      // It may have been on its way.
      await talk.submit(order);
      await talk.expectFate(order, "working");
    },
  },
  {
    name: "an order takes the place of another",
    run: async (talk: BrokerTalk): Promise<void> => {
      if (!talk.trial.broker.capabilities.replaces) return;
      const before = talk.order({ id: "before", steps: -1 });
      const after = talk.order({ id: "after", steps: -2 });
      await talk.submit(before);
      await talk.modify(before, after);
      await talk.expectFate(before, "cancelled");
      await talk.expectFate(after, "working");
      await talk.trial.trade(talk.priceAt(-1.5));
      await talk.look();
      talk.expect(talk.traded(before) === 0, "an order has traded whose place another had taken");
      talk.expect(talk.traded(after) === 0, "an order has traded before the market came to it");
      await talk.fill(after, -3);
    },
  },
  {
    name: "a stop takes the place of another, and waits as it did",
    run: async (talk: BrokerTalk): Promise<void> => {
      const { capabilities } = talk.trial.broker;
      if (!capabilities.replaces || capabilities.protects || !capabilities.orders.includes("stop")) return;
      const entry = talk.order({ id: "trailed", steps: -1 });
      await talk.submit(entry);
      await talk.fill(entry, -1.5);
      const stopAt = (id: string, steps: number): VenueOrder => {
        const stop = talk.order({ id, side: "sell", purpose: "stop", type: "stop", steps });
        return { ...stop, order: { ...stop.order, isPartial: true } };
      };
      const [before, after] = [stopAt("stop", -4), stopAt("moved stop", -3)];
      await talk.submit(before);
      await talk.modify(before, after);
      await talk.expectFate(before, "cancelled");
      await talk.expectFate(after, "working");
      const held = await talk.position();
      talk.expect(held === talk.trial.quantity, `${held} lots are held once a stop was moved`);
      await talk.fill(after, -3.5);
      const left = await talk.position();
      talk.expect(left === 0, `${left} lots are held after a stop for all of them`);
    },
  },
  {
    name: "nothing takes the place of an order that has gone",
    run: async (talk: BrokerTalk): Promise<void> => {
      if (!talk.trial.broker.capabilities.replaces) return;
      const gone = talk.order({ id: "gone", steps: -1 });
      const late = talk.order({ id: "late", steps: -1.5 });
      await talk.submit(gone);
      await talk.cancel(gone);
      await talk.modify(gone, late);
      await talk.expectFate(late, "cancelled", "rejected");
      await talk.trial.trade(talk.priceAt(-2));
      const held = await talk.position();
      talk.expect(held === 0, `${held} lots are held, of an order whose place was gone`);
    },
  },
  {
    name: "a snapshot tells all",
    run: async (talk: BrokerTalk): Promise<void> => {
      const filled = talk.order({ id: "filled", steps: -1 });
      const resting = talk.order({ id: "resting", steps: -3 });
      const never = talk.order({ id: "never sent", steps: -1 });
      await talk.submit(filled);
      await talk.submit(resting);
      await talk.fill(filled, -2);
      const { quantity } = talk.trial;
      const told = await talk.look([filled, resting, never]);
      const fates = told.orders.map(({ status }) => status).join();
      talk.expect(
        fates === "filled,working,absent",
        `what became of filled, working and absent orders: ${fates}`,
      );
      const sum = told.trades
        .filter(({ clientId }) => clientId === filled.clientId)
        .reduce((total, each) => total + each.quantity, 0);
      talk.expect(sum === quantity, `a snapshot tells trades of ${sum} lots, and ${quantity} were traded`);
      const held = await talk.position();
      talk.expect(held === quantity, `a snapshot tells ${held} lots held, and ${quantity} are`);
      talk.expect(
        told.openOrders.map(({ clientId }) => clientId).join() === resting.clientId,
        "a snapshot tells other open orders than there are",
      );
      const last = Math.max(...told.trades.map(({ time }) => time));
      const { trades } = await talk.look([], last);
      talk.expect(
        trades.some(({ time }) => time === last),
        "a snapshot leaves out a trade of the very instant from which on it was asked for",
      );
    },
  },
  {
    name: "trades keep their ids",
    run: async (talk: BrokerTalk): Promise<void> => {
      const first = talk.order({ id: "first", steps: -1 });
      const second = talk.order({ id: "second", steps: -2 });
      await talk.submit(first);
      await talk.submit(second);
      await talk.fill(first, -1.5);
      await talk.fill(second, -3);
      const ids = async (): Promise<string> =>
        (await talk.look()).trades
          .map(({ tradeId }) => tradeId)
          .sort()
          .join();
      const told = await ids();
      talk.expect(told === (await ids()), "trades have other ids when they are told again");
      const reported = talk.reports.flatMap((each) => (each.kind === "trade" ? [each.trade.tradeId] : []));
      const isKnown = reported.every((each) => told.split(",").includes(each));
      talk.expect(isKnown, "a trade has another id in a snapshot than in its report");
    },
  },
  {
    name: "what happened while nobody listened is told",
    run: async (talk: BrokerTalk): Promise<void> => {
      const { cut, mend, settle, trade, quantity, broker } = talk.trial;
      const order = talk.order({ id: "behind the cut", steps: -1 });
      const lost = talk.order({ id: "into the cut", steps: -1 });
      await talk.submit(order);
      await cut();
      for (let i = 0; i < 10; i++) await trade(talk.priceAt(-2));
      await mend();
      await settle();
      const has = (kind: "connected" | "disconnected"): boolean =>
        talk.reports.some((each) => each.kind === kind);
      talk.expect(has("disconnected"), "nobody said that the connection was gone");
      talk.expect(has("connected"), "nobody said that the connection is back");
      await talk.fill(order, -2);
      await talk.expectFate(order, "filled");
      const held = await talk.position();
      talk.expect(
        held === quantity,
        `${held} lots are held, of ${quantity} that filled while nobody listened`,
      );
      await cut();
      const approved = talk.sent[0];
      broker.submit(approved);
      broker.cancel(talk.requestOf(lost));
      await mend();
      await settle();
      const after = await talk.position();
      talk.expect(after === quantity, "an order that has filled trades once more after a cut");
    },
  },
  {
    name: "an order that the venue does not have is refused",
    run: async (talk: BrokerTalk): Promise<void> => {
      const { orders } = talk.trial.broker.capabilities;
      const foreign = orderTypes.find(({ name }) => !orders.includes(name));
      if (foreign === undefined) return;
      const order = talk.order({ id: "foreign", type: foreign.name, steps: -1 });
      await talk.submit(order);
      talk.expect(
        talk.has("rejected", order),
        `a ${foreign.name} order is not rejected, and is not declared`,
      );
      await talk.expectFate(order, "rejected", "absent");
      await talk.trial.trade(talk.priceAt(-2));
      await talk.look();
      talk.expect(talk.traded(order) === 0, `a ${foreign.name} order has traded, and is not declared`);
    },
  },
  {
    name: "what protects an entry comes with it, and goes with the position",
    run: async (talk: BrokerTalk): Promise<void> => {
      const { protects, separates } = talk.trial.broker.capabilities;
      if (!protects || !separates) return;
      const [stop, target] = [talk.child("stop", "stop", -3), talk.child("target", "target", 2)];
      const entry = talk.order({ id: "protected", steps: -1, children: [stop, target] });
      const children = [stop, target].map((order) => ({
        ...talk.order({ id: order.id, steps: null }),
        order,
      }));
      await talk.submit(entry);
      const before = await talk.look();
      talk.expect(before.openOrders.length === 1, "what protects an entry rests before that has filled");
      await talk.fill(entry, -1.5);
      const { openOrders } = await talk.look();
      for (const child of children)
        talk.expect(
          openOrders.some(({ clientId }) => clientId === child.clientId),
          `the ${child.order.purpose} of an entry that has filled does not rest under its client id`,
        );
      await talk.fill(children[1], 2.5);
      const held = await talk.position();
      talk.expect(held === 0, `${held} lots are held after the target`);
      await talk.expectFate(children[0], "cancelled");
      await talk.trial.trade(talk.priceAt(-4));
      await talk.look();
      talk.expect(talk.traded(children[0]) === 0, "a stop has traded when its position was gone");
    },
  },
  {
    name: "what the venue does not hold with an entry is refused with it",
    run: async (talk: BrokerTalk): Promise<void> => {
      if (talk.trial.broker.capabilities.protects) return;
      const entry = talk.order({ id: "with a stop", steps: -1, children: [talk.child("stop", "stop", -3)] });
      await talk.submit(entry);
      const fate = await talk.fate(entry);
      talk.expect(fate === "rejected" || fate === "absent", "an entry is taken whose stop is not held");
      await talk.trial.trade(talk.priceAt(-2));
      await talk.look();
      talk.expect(talk.traded(entry) === 0, "an entry has traded whose stop is not held");
    },
  },
  {
    name: "a stop of its own closes what it is for",
    run: async (talk: BrokerTalk): Promise<void> => {
      const { capabilities } = talk.trial.broker;
      if (capabilities.protects || !capabilities.orders.includes("stop")) return;
      const entry = talk.order({ id: "bare", steps: -1 });
      await talk.submit(entry);
      await talk.fill(entry, -1.5);
      const stop = { ...talk.order({ id: "stop", side: "sell", purpose: "stop", type: "stop", steps: -3 }) };
      await talk.submit({ ...stop, order: { ...stop.order, isPartial: true } });
      await talk.expectFate(stop, "working");
      await talk.fill(stop, -4);
      const held = await talk.position();
      talk.expect(held === 0, `${held} lots are held after a stop for all of them`);
    },
  },
  {
    name: "nothing is put in the place of another where that cannot be",
    run: async (talk: BrokerTalk): Promise<void> => {
      if (talk.trial.broker.capabilities.replaces) return;
      const before = talk.order({ id: "before", steps: -1 });
      const after = talk.order({ id: "after", steps: -2 });
      await talk.submit(before);
      await talk.modify(before, after);
      const fate = await talk.fate(after);
      talk.expect(
        fate === "rejected" || fate === "absent",
        "an order is taken that was to take the place of another",
      );
      await talk.expectFate(before, "working");
      await talk.fill(before, -3);
      talk.expect(talk.traded(after) === 0, "an order has traded that was refused");
    },
  },
  {
    name: "where all have one position an order trades its quantity",
    run: async (talk: BrokerTalk): Promise<void> => {
      if (talk.trial.broker.capabilities.separates) return;
      const { quantity } = talk.trial;
      const long = talk.order({ id: "long", steps: -1 });
      await talk.submit(long);
      await talk.fill(long, -1.5);
      const { positions } = await talk.look();
      talk.expect(
        positions.every(({ strategy }) => strategy === undefined),
        "a position is told as that of a strategy, and all have one",
      );
      const exit = talk.order({
        id: "more than held",
        side: "sell",
        purpose: "exit",
        steps: 1,
        quantity: quantity * 2,
      });
      await talk.submit(exit);
      if (talk.trial.holdsNoShorts === true) {
        talk.expect(talk.has("rejected", exit), "more is sold than held, at a venue where nobody is short");
        return;
      }
      await talk.fill(exit, 1.5);
      const held = await talk.position();
      talk.expect(held === -quantity, `${held} lots are held, of ${quantity} bought and twice as many sold`);
    },
  },
  {
    name: "what may only reduce opens nothing",
    run: async (talk: BrokerTalk): Promise<void> => {
      if (talk.trial.broker.capabilities.separates) return;
      const { quantity } = talk.trial;
      const long = talk.order({ id: "long", steps: -1 });
      await talk.submit(long);
      await talk.fill(long, -1.5);
      const terms = { side: "sell", purpose: "exit", steps: 1, isReduceOnly: true } as const;
      const exit = talk.order({ id: "more than held", quantity: quantity * 2, ...terms });
      await talk.submit(exit);
      for (let i = 0; i < 10; i++) await talk.trial.trade(talk.priceAt(1.5));
      const held = await talk.position();
      talk.expect(held === 0, `${held} lots are held after an order that may only reduce`);
    },
  },
  {
    name: "after the end there is silence",
    run: async (talk: BrokerTalk): Promise<void> => {
      const order = talk.order({ id: "left behind", steps: -1 });
      await talk.submit(order);
      await talk.trial.broker.close();
      const { length } = talk.reports;
      await talk.trial.trade(talk.priceAt(-2));
      await talk.trial.settle();
      const more = talk.reports.length - length;
      talk.expect(more === 0, `${more} reports came after the broker was closed`);
    },
  },
];
