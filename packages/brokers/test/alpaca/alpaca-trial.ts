import type { Broker, BrokerTrial, VenueReport } from "@bitfever/runtime";
import { onTestFinished } from "vitest";
import { alpacaVenue, startVenueServer, type AlpacaVenueOptions, type VenueServer } from "../../src/index.js";

export interface AlpacaTrial extends BrokerTrial {
  readonly server: VenueServer;
  readonly reports: readonly VenueReport[];
}

export const lostAfterMs = 3_000;

/** Shares at a server that talks as Alpaca, on their trial. */
export async function alpacaTrial(
  options: Partial<AlpacaVenueOptions> = {},
  seed?: number,
): Promise<AlpacaTrial> {
  const server = await startVenueServer({ exchange: "alpaca", ...(seed !== undefined && { seed }) });
  const { url, apiKey: keyId, secret } = server;
  const times = { pollMs: 60_000, settleMs: 10, timeoutMs: 2_000, lostAfterMs };
  const { broker, rules, isIdle } = await alpacaVenue({ keyId, secret, url, ...times, ...options });
  onTestFinished(async () => {
    await broker.close();
    await server.close();
  });
  const market = server.market("spot", "AAPL");
  const { instrument } = rules("AAPL");
  const reports: VenueReport[] = [];
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  /** What a stream says takes a moment on its way, and may be news that something has to be asked about. */
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; quiet = isIdle() ? quiet + 1 : 0) await pause(8);
  };
  const watched: Broker = {
    name: broker.name,
    capabilities: broker.capabilities,
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
    ...{ broker: watched, instrument, strategy: "trial", server, reports, settle },
    ...{ price: instrument.price(200, "nearest"), distance: instrument.price(1, "nearest") },
    quantity: instrument.quantity(10),
    // One may be short there, but nobody sells more than he holds: to turn round takes two orders.
    holdsNoShorts: true,
    trade: async (price) => {
      market.print(instrument.priceDecimal(price));
      await settle();
    },
    cut: () => {
      server.cut();
    },
    mend: async () => {
      server.mend();
      const isBack = (): boolean =>
        reports.findLast(({ kind }) => kind.endsWith("connected"))?.kind === "connected";
      for (let i = 0; i < 200 && !isBack(); i++) await pause(50);
    },
  };
}
