import type { VenueClient } from "./venue-client.js";

/** What of the client library is not in its types. */
interface Insides {
  fetch2: (...request: readonly unknown[]) => Promise<unknown>;
  client: (url: string) => StreamClient;
}

interface StreamClient {
  future: (name: string) => Promise<unknown>;
}

export type ClientClass = new (options: Readonly<Record<string, unknown>>) => VenueClient;

/** Candles that a stream remembers: each new one moves all of them, and what is older comes from the history. */
const candlesKept = 100;

/** A client of the library for what runs for days, with the settings that are the same for all of them. */
export function steadyClient(
  Class: ClientClass,
  { options, ...settings }: Readonly<Record<string, unknown>> & { readonly options?: object },
): VenueClient {
  const client = new Class({
    ...settings,
    // Numbers come as the venue has written them.
    number: String,
    options: {
      fetchCurrencies: false,
      ws: { backoff: { base: 250, max: 10_000 } },
      OHLCVLimit: candlesKept,
      ...options,
    },
  });
  client.has["fetchCurrencies"] = false;
  steady(client);
  return client;
}

/**
 * Makes a client of the library outlive what happens to one that runs for days: a clock that was moved is asked for again when the
 * venue refuses a request for its time, and a promise that nobody waits for does not end the process when its stream breaks.
 */
function steady(client: VenueClient): void {
  const insides = client as unknown as Insides;
  const request = insides.fetch2.bind(client);
  insides.fetch2 = async (...given) => {
    try {
      return await request(...given);
    } catch (error) {
      if (error instanceof Error && error.name === "InvalidNonce")
        await client.loadTimeDifference().catch(() => undefined);
      throw error;
    }
  };
  const streamOf = insides.client.bind(client);
  const known = new WeakSet<StreamClient>();
  insides.client = (url) => {
    const stream = streamOf(url);
    if (known.has(stream)) return stream;
    known.add(stream);
    const future = stream.future.bind(stream);
    stream.future = (name) => {
      const made = future(name);
      made.catch(() => undefined);
      return made;
    };
    return stream;
  };
}
