import {
  clientIdOf,
  type Approved,
  type BrokerTrial,
  type Order,
  type VenueOrder,
  type VenueSnapshot,
} from "@bitfever/runtime";
import type { Watched } from "./watched.js";

/** What can be asked of a broker on its trial, and what has been told of an order. */
export interface Questioned {
  /** A limit order that rests, but for what is said otherwise. */
  readonly order: (changes?: Partial<Order>, isReduceOnly?: true) => Approved<VenueOrder>;
  /** What was told of an order, in order. */
  readonly of: (order: VenueOrder) => string[];
  /** Undefined where the venue does not answer. */
  readonly look: (orders?: readonly VenueOrder[]) => Promise<VenueSnapshot | undefined>;
  readonly fate: (order: VenueOrder) => Promise<string | undefined>;
}

export function questioned({
  broker,
  instrument,
  strategy,
  price,
  distance,
  quantity,
  reports,
  settle,
}: Omit<BrokerTrial, "settle"> & Watched): Questioned {
  const { symbol } = instrument.specification;
  let [questions, orders] = [0, 0];
  const look: Questioned["look"] = async (asked = []) => {
    const number = ++questions;
    const requests = asked.map(({ clientId, strategy: of, symbol: at }) => ({
      ...{ clientId, strategy: of, symbol: at },
    }));
    broker.snapshot({ number, orders: requests, tradesFrom: 0 });
    await settle();
    return reports.find((each): each is VenueSnapshot => each.kind === "snapshot" && each.number === number);
  };
  return {
    look,
    order: (changes = {}, isReduceOnly) => {
      const id = `order-${++orders}`;
      const order: Order = {
        ...{ id, type: "limit", side: "buy", purpose: "enter", quantity, price: price - distance },
        ...{ tag: id, children: [], ...changes },
      };
      return {
        ...{ clientId: clientIdOf(strategy, symbol, id), strategy, symbol, order },
        ...(isReduceOnly && { isReduceOnly }),
      } as unknown as Approved<VenueOrder>;
    },
    of: ({ clientId }) =>
      reports.flatMap((each) =>
        each.kind === "trade"
          ? each.trade.clientId === clientId
            ? ["trade"]
            : []
          : "clientId" in each && each.clientId === clientId
            ? [each.kind]
            : [],
      ),
    fate: async (order) => (await look([order]))?.orders[0]?.status,
  };
}
