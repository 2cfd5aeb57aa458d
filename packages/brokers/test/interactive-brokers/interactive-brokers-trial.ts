import type { BrokerTrial } from "@bitfever/runtime";
import { onTestFinished } from "vitest";
import {
  interactiveBrokersVenue,
  startTwsServer,
  type InteractiveBrokersOptions,
  type InteractiveBrokersVenue,
  type ServedTws,
} from "../../src/index.js";
import { questioned, type Questioned } from "../questioned.js";
import { pause, watched, type Watched } from "../watched.js";

export interface InteractiveBrokersTrial extends Omit<BrokerTrial, "settle">, Watched {
  readonly server: ServedTws;
  readonly venue: InteractiveBrokersVenue;
}

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
  const { instrument } = venue.rules("AAPL");
  const seen = watched(venue.broker, venue.isIdle);
  return {
    ...{ ...seen, instrument, strategy: "trial", server, venue },
    ...{ price: instrument.price(200, "nearest"), distance: instrument.price(1, "nearest") },
    quantity: instrument.quantity(10),
    trade: async (price) => {
      server.market("AAPL").print(instrument.priceDecimal(price));
      await seen.settle();
    },
    cut: async () => {
      server.cut();
      await eventually(() => seen.connection() === "disconnected", "a broken connection");
    },
    mend: async () => {
      server.mend();
      await eventually(() => seen.connection() === "connected", "a connection");
      await seen.settle();
    },
  };
}

export interface Case extends InteractiveBrokersTrial, Questioned {
  readonly served: () => number;
}

/** Connected, and with what is asked of it at hand. */
export async function connected(options: Partial<InteractiveBrokersOptions> = {}, seed = 1): Promise<Case> {
  const trial = await interactiveBrokersTrial(options, seed);
  await trial.broker.connect(() => undefined, [trial.instrument]);
  return caseOf(trial);
}

export const caseOf = (trial: InteractiveBrokersTrial): Case => ({
  ...trial,
  ...questioned(trial),
  served: () => trial.server.market(trial.instrument.specification.symbol).orders().length,
});
