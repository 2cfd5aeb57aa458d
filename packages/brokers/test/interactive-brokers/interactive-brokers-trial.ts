import {
  clientIdOf,
  type Approved,
  type Broker,
  type BrokerTrial,
  type Order,
  type VenueOrder,
  type VenueReport,
  type VenueSnapshot,
} from "@bitfever/runtime";
import { onTestFinished } from "vitest";
import {
  interactiveBrokersVenue,
  startTwsServer,
  type InteractiveBrokersOptions,
  type InteractiveBrokersVenue,
  type ServedTws,
} from "../../src/index.js";

export interface InteractiveBrokersTrial extends BrokerTrial {
  readonly server: ServedTws;
  readonly venue: InteractiveBrokersVenue;
  readonly reports: readonly VenueReport[];
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for something, however slow the machine is. */
export async function eventually(isSo: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 1_500; i++) {
    if (isSo()) return;
    await pause(10);
  }
  throw new Error(`it never came to this: ${what}`);
}

const contracts = { AAPL: {}, SIE: { currency: "EUR" } };
/** Nothing is asked but what has to be. */
const calm = {
  pollMs: 60_000,
  settleMs: 10,
  timeoutMs: 5_000,
  arriveMs: 1_000,
  requestsPerSecond: 1_000_000,
};

/** A venue of its own over a server that is there already: another life of the same program. */
export async function venueOf(
  server: ServedTws,
  options: Partial<InteractiveBrokersOptions> = {},
): Promise<InteractiveBrokersVenue> {
  const { host, port } = server;
  const venue = await interactiveBrokersVenue({ contracts, host, port, ...calm, ...options });
  onTestFinished(() => venue.broker.close());
  return venue;
}

/** The venue against a server of its protocol, on its trial. */
export async function interactiveBrokersTrial(
  options: Partial<InteractiveBrokersOptions> = {},
  seed = 1,
): Promise<InteractiveBrokersTrial> {
  const server = await startTwsServer({ seed });
  onTestFinished(() => server.close());
  const venue = await venueOf(server, options);
  const { broker } = venue;
  const { instrument } = venue.rules("AAPL");
  const reports: VenueReport[] = [];
  /** What is told takes a moment on its way, and may be news that something has to be asked about. */
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; quiet = venue.isIdle() ? quiet + 1 : 0) await pause(8);
  };
  const watched: Broker = {
    ...{ name: broker.name, capabilities: broker.capabilities },
    connect: (hear, instruments) =>
      broker.connect((report) => {
        reports.push(report);
        hear(report);
      }, instruments),
    submit: (order) => broker.submit(order),
    cancel: (request) => broker.cancel(request),
    modify: (request, order) => broker.modify(request, order),
    snapshot: (request) => broker.snapshot(request),
    close: () => broker.close(),
  };
  return {
    ...{ broker: watched, instrument, strategy: "trial", server, venue, reports, settle },
    ...{ price: instrument.price(200, "nearest"), distance: instrument.price(1, "nearest") },
    quantity: instrument.quantity(10),
    trade: async (price) => {
      server.market("AAPL").print(instrument.priceDecimal(price));
      await settle();
    },
    cut: async () => {
      server.cut();
      await eventually(() => lastOf(reports) === "disconnected", "a broken connection");
    },
    mend: async () => {
      server.mend();
      await eventually(() => lastOf(reports) === "connected", "a connection");
      await settle();
    },
  };
}

const lastOf = (reports: readonly VenueReport[]): string | undefined =>
  reports.findLast(({ kind }) => kind.endsWith("connected"))?.kind;

export interface Case extends InteractiveBrokersTrial {
  readonly order: (changes?: Partial<Order>, isReduceOnly?: true) => Approved<VenueOrder>;
  /** What was told of an order, in order. */
  readonly of: (order: VenueOrder) => string[];
  /** Undefined where the venue does not answer. */
  readonly look: (orders?: readonly VenueOrder[]) => Promise<VenueSnapshot | undefined>;
  readonly fate: (order: VenueOrder) => Promise<string | undefined>;
  readonly served: () => number;
}

/** Connected, and with what is asked of it at hand. */
export async function connected(options: Partial<InteractiveBrokersOptions> = {}, seed = 1): Promise<Case> {
  const trial = await interactiveBrokersTrial(options, seed);
  await trial.broker.connect(() => undefined, [trial.instrument]);
  return caseOf(trial);
}

export function caseOf(trial: InteractiveBrokersTrial): Case {
  const { broker, instrument, strategy, price, distance, quantity, reports, server, settle } = trial;
  const { symbol } = instrument.specification;
  let [questions, orders] = [0, 0];
  const look = async (asked: readonly VenueOrder[] = []): Promise<VenueSnapshot | undefined> => {
    const number = ++questions;
    const requests = asked.map(({ clientId, strategy: of, symbol: at }) => ({
      clientId,
      strategy: of,
      symbol: at,
    }));
    broker.snapshot({ number, orders: requests, tradesFrom: 0 });
    await settle();
    return reports.find((each): each is VenueSnapshot => each.kind === "snapshot" && each.number === number);
  };
  return {
    ...{ ...trial, look },
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
    served: () => server.market(symbol).orders().length,
  };
}
