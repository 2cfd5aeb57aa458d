import type { Broker, BrokerTrial, VenueReport } from "@bitfever/runtime";
import { onTestFinished } from "vitest";
import { ccxtVenue, type CcxtVenueName } from "../../src/ccxt/ccxt-venue.js";
import { startVenueServer, type VenueServer } from "../../src/index.js";

export interface CcxtTrial extends BrokerTrial {
  readonly server: VenueServer;
  readonly reports: readonly VenueReport[];
}

/** Behind so long no request of a trial does anything any more, in milliseconds. */
export const lostAfterMs = 2_000;

/**
 * A venue over ccxt against a server of its protocol, on its trial.
 *
 * @param given  the server of another trial; left out, one of its own
 */
export async function ccxtTrial(venue: CcxtVenueName, given?: VenueServer): Promise<CcxtTrial> {
  const exchange = venue.startsWith("binance") ? "binance" : "bybit";
  const server = given ?? (await startVenueServer({ exchange, feeAsset: "BNB" }));
  const { url, apiKey, secret } = server;
  const times = { pollMs: 60_000, settleMs: 10, timeoutMs: 2_000, requestMs: 1_000 };
  const { broker, rules, isIdle } = await ccxtVenue({
    ...{ venue, url, apiKey, secret, ...times },
    ...(venue === "bybit spot" && { feeCoin: "BNB" }),
  });
  onTestFinished(async () => {
    await broker.close();
    await server.close();
  });
  const market = server.market(venue.endsWith("spot") ? "spot" : "linear", "BTCUSDT");
  const { instrument } = rules("BTCUSDT");
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
    ...{ price: instrument.price(50_000, "nearest"), distance: instrument.price(100, "nearest") },
    quantity: instrument.quantity(0.01),
    ...(venue.endsWith("spot") && { holdsNoShorts: true as const }),
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
      for (let i = 0; i < 100 && !isBack(); i++) await pause(50);
    },
  };
}
