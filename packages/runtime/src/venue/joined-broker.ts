import { orderTypes } from "@bitfever/engine";
import { BitFeverError, textOfError } from "@bitfever/lang";
import type {
  Broker,
  BrokerCapabilities,
  SnapshotRequest,
  VenueCash,
  VenueReport,
  VenueSnapshot,
  VenueTrade,
} from "../contract.js";

/** A venue of an account that trades at several. */
export interface JoinedVenue {
  /** Unlike those of the others, and always the same: ids of trades begin with it. */
  readonly name: string;
  readonly broker: Broker;
  /** What is traded there, and at no other venue of the account. */
  readonly symbols: readonly string[];
}

/** What the venues have answered to one question; "outdated" where one has told more since. */
interface Gathering {
  readonly request: SnapshotRequest;
  readonly answers: Map<JoinedVenue, VenueSnapshot | "outdated">;
}

/**
 * Several brokers as one: what is asked of it goes where its symbol is traded, and what any of them tells is told. How everything
 * stands is told once all have said it, as of the earliest time that one of them has: until then nothing is.
 *
 * @throws BitFeverError BF5195 for venues that have a name or a symbol twice, or of which only some keep strategies apart
 * @example
 * ```ts
 * const broker = joinedBroker([
 *   { name: "binance futures", broker: binance.broker, symbols: ["BTCUSDT"] },
 *   { name: "alpaca", broker: alpaca.broker, symbols: ["AAPL", "MSFT"] },
 * ]);
 * ```
 */
export function joinedBroker(venues: readonly JoinedVenue[]): Broker {
  const bySymbol = new Map(
    venues.flatMap((venue) => venue.symbols.map((symbol) => [symbol, venue] as const)),
  );
  checkJoined(venues, bySymbol);
  let hear: ((report: VenueReport) => void) | undefined;
  let gathering: Gathering | null = null;

  const brokerOf = (symbol: string): Broker => {
    const found = bySymbol.get(symbol);
    if (found === undefined) throw new Error(`joined broker: no venue trades ${symbol}`);
    return found.broker;
  };

  const closeAll = (): Promise<PromiseSettledResult<void>[]> =>
    Promise.allSettled(venues.map(async ({ broker }) => broker.close()));

  /** All of those venues, whatever becomes of one. */
  const ask = async (asked: readonly JoinedVenue[], request: SnapshotRequest): Promise<void> => {
    const settled = await Promise.allSettled(
      asked.map(async (venue) => {
        const orders = request.orders.filter(({ symbol }) => bySymbol.get(symbol) === venue);
        return venue.broker.snapshot({ ...request, orders });
      }),
    );
    const failure = failureOf(asked, settled);
    if (failure !== null) throw failure;
  };

  const tell = (venue: JoinedVenue, report: VenueReport): void => {
    if (report.kind === "snapshot") {
      gather(venue, report);
      return;
    }
    // Its answer is of before this, and would be heard behind it.
    if (gathering?.answers.has(venue) === true) gathering.answers.set(venue, "outdated");
    hear?.(ofVenue(venue, report));
  };

  const gather = (venue: JoinedVenue, snapshot: VenueSnapshot): void => {
    if (snapshot.number !== gathering?.request.number) return;
    const { request, answers } = gathering;
    answers.set(venue, snapshot);
    if (answers.size < venues.length) return;
    const outdated = venues.filter((each) => answers.get(each) === "outdated");
    for (const each of outdated) answers.delete(each);
    if (outdated.length > 0) {
      // Without an answer the question is asked again by whoever has asked it.
      void ask(outdated, request).catch(() => undefined);
      return;
    }
    gathering = null;
    hear?.(asOne(request, answers as ReadonlyMap<JoinedVenue, VenueSnapshot>));
  };

  return {
    name: venues.map(({ name }) => name).join(" and "),
    capabilities: capabilitiesOf(venues, bySymbol),
    connect: async (listener, instruments) => {
      hear = listener;
      const connected = await Promise.allSettled(
        venues.map(async (venue) =>
          venue.broker.connect(
            (report) => {
              tell(venue, report);
            },
            instruments.filter(({ specification: { symbol } }) => bySymbol.get(symbol) === venue),
          ),
        ),
      );
      const failure = failureOf(venues, connected);
      if (failure === null) return;
      // Nobody listens to some of the venues of an account.
      await closeAll();
      throw failure;
    },
    submit: (order) => brokerOf(order.symbol).submit(order),
    cancel: (request) => brokerOf(request.symbol).cancel(request),
    modify: (request, order) => brokerOf(order.symbol).modify(request, order),
    snapshot: async (request) => {
      gathering = { request, answers: new Map() };
      await ask(venues, request);
    },
    close: async () => {
      hear = undefined;
      const failure = failureOf(venues, await closeAll());
      if (failure !== null) throw failure;
    },
  };
}

function checkJoined(venues: readonly JoinedVenue[], bySymbol: ReadonlyMap<string, JoinedVenue>): void {
  const wrong = (what: string, hint: string): BitFeverError =>
    new BitFeverError("BF5195", `these venues cannot be of one account: ${what}`, { hint });
  for (const [i, { name, symbols }] of venues.entries()) {
    if (venues.findIndex((each) => each.name === name) !== i)
      throw wrong(`two are called ${name}`, "ids of trades are told apart by the name: give each its own");
    const foreign = symbols.find((symbol) => bySymbol.get(symbol) !== venues[i]);
    if (foreign !== undefined)
      throw wrong(
        `${foreign} is traded at ${name} and at ${String(bySymbol.get(foreign)?.name)}`,
        "an account has each symbol once: give one of them an account of its own",
      );
  }
  const apart = venues.find(({ broker }) => broker.capabilities.separates);
  const together = venues.find(({ broker }) => !broker.capabilities.separates);
  if (apart !== undefined && together !== undefined)
    throw wrong(
      `${apart.name} keeps positions of strategies apart, and ${together.name} does not`,
      "give each an account of its own",
    );
}

/** Of all what each of them can do, and beside it where each symbol goes. */
const capabilitiesOf = (
  venues: readonly JoinedVenue[],
  bySymbol: ReadonlyMap<string, JoinedVenue>,
): BrokerCapabilities => ({
  orders: orderTypes
    .map(({ name }) => name)
    .filter((type) => venues.every(({ broker }) => broker.capabilities.orders.includes(type))),
  protects: venues.every(({ broker }) => broker.capabilities.protects),
  separates: venues.every(({ broker }) => broker.capabilities.separates),
  replaces: venues.every(({ broker }) => broker.capabilities.replaces),
  binds: venues.some(({ broker }) => broker.capabilities.binds === true),
  bySymbol: Object.fromEntries(
    [...bySymbol].map(([symbol, { name, broker }]) => {
      const { orders, replaces, binds } = broker.capabilities;
      return [symbol, { name, orders, replaces, binds }];
    }),
  ),
});

/** What a venue calls its own is its own: another one may count its trades by the same numbers. */
function ofVenue(venue: JoinedVenue, report: Exclude<VenueReport, VenueSnapshot>): VenueReport {
  switch (report.kind) {
    case "trade":
      return { ...report, trade: tradeOf(venue, report.trade) };
    case "cash":
      return flowOf(venue, report);
    case "split":
      return { ...report, id: idOf(venue, report.id) };
    case "disconnected":
      return { ...report, reason: `${venue.name}: ${report.reason}` };
    default:
      return report;
  }
}

const idOf = ({ name }: JoinedVenue, id: string): string => `${name}/${id}`;

const tradeOf = (venue: JoinedVenue, trade: VenueTrade): VenueTrade => ({
  ...trade,
  tradeId: idOf(venue, trade.tradeId),
});

const flowOf = (venue: JoinedVenue, flow: VenueCash): VenueCash => ({ ...flow, id: idOf(venue, flow.id) });

/** Up to the earliest time all of them have told all; orders in the order in which they were asked for. */
function asOne(
  { number, orders }: SnapshotRequest,
  answers: ReadonlyMap<JoinedVenue, VenueSnapshot>,
): VenueSnapshot {
  const told = [...answers];
  const fates = new Map(told.flatMap(([, each]) => each.orders.map((fate) => [fate.clientId, fate])));
  return {
    ...{ kind: "snapshot", number },
    time: Math.min(...told.map(([, { time }]) => time)),
    positions: told.flatMap(([, { positions }]) => positions),
    openOrders: told.flatMap(([, { openOrders }]) => openOrders),
    trades: told.flatMap(([venue, { trades }]) => trades.map((each) => tradeOf(venue, each))),
    flows: told.flatMap(([venue, { flows }]) => flows.map((each) => flowOf(venue, each))),
    orders: orders.flatMap(({ clientId }) => fates.get(clientId) ?? []),
  };
}

/** What went wrong at any of them, with its name; null where nothing did. */
function failureOf(
  venues: readonly JoinedVenue[],
  settled: readonly PromiseSettledResult<unknown>[],
): Error | null {
  const texts = settled.flatMap((each, i) => {
    if (each.status === "fulfilled") return [];
    return [`${venues[i].name}: ${textOfError(each.reason)}`];
  });
  return texts.length === 0 ? null : new Error(texts.join("; "));
}
