import type { BrokerTrial } from "@bitfever/runtime";
import { onTestFinished } from "vitest";
import { alpacaVenue, startVenueServer, type AlpacaVenueOptions, type VenueServer } from "../../src/index.js";
import { pause, watched, type Watched } from "../watched.js";

export type AlpacaTrial = Omit<BrokerTrial, "settle"> & Watched & { readonly server: VenueServer };

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
  const seen = watched(broker, isIdle);
  return {
    ...{ ...seen, instrument, strategy: "trial", server },
    ...{ price: instrument.price(200, "nearest"), distance: instrument.price(1, "nearest") },
    quantity: instrument.quantity(10),
    // One may be short there, but nobody sells more than he holds: to turn round takes two orders.
    holdsNoShorts: true,
    trade: async (price) => {
      market.print(instrument.priceDecimal(price));
      await seen.settle();
    },
    cut: () => {
      server.cut();
    },
    mend: async () => {
      server.mend();
      for (let i = 0; i < 200 && seen.connection() !== "connected"; i++) await pause(50);
    },
  };
}
