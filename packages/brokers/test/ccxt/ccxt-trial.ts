import type { BrokerTrial } from "@bitfever/runtime";
import { onTestFinished } from "vitest";
import { ccxtVenue, type CcxtVenueName } from "../../src/ccxt/ccxt-venue.js";
import { startVenueServer, type VenueServer } from "../../src/index.js";
import { pause, watched, type Watched } from "../watched.js";

export type CcxtTrial = Omit<BrokerTrial, "settle"> & Watched & { readonly server: VenueServer };

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
  const seen = watched(broker, isIdle);
  return {
    ...{ ...seen, instrument, strategy: "trial", server },
    ...{ price: instrument.price(50_000, "nearest"), distance: instrument.price(100, "nearest") },
    quantity: instrument.quantity(0.01),
    ...(venue.endsWith("spot") && { holdsNoShorts: true as const }),
    trade: async (price) => {
      market.print(instrument.priceDecimal(price));
      await seen.settle();
    },
    cut: () => {
      server.cut();
    },
    mend: async () => {
      server.mend();
      for (let i = 0; i < 100 && seen.connection() !== "connected"; i++) await pause(50);
    },
  };
}
