import { ccxtVenue, ccxtVenueFacts } from "@bitfever/brokers";
import { z } from "zod";
import { milliseconds, text } from "./option-schemas.js";
import type { VenueKind } from "./venue-kind.js";

const schema = z.strictObject({
  api_key: text("the key that the venue has given, such as ${BINANCE_KEY}").optional(),
  secret: text("the secret of the key, such as ${BINANCE_SECRET}").optional(),
  url: text("the address of a server that talks as the venue does, such as http://127.0.0.1:4000").optional(),
  poll_ms: milliseconds("how often it is asked beside its streams, in milliseconds").optional(),
  timeout_ms: milliseconds("how long an answer is waited for, in milliseconds").optional(),
  request_ms: milliseconds("how long a request is good, in milliseconds").optional(),
});

/** The venues over the client library ccxt. */
export const ccxtVenueKinds: readonly VenueKind[] = ccxtVenueFacts.map(
  ({ name, summary, capabilities }): VenueKind<z.infer<typeof schema>> => ({
    ...{ name, summary, capabilities, schema, needs: "ccxt" },
    server: name.startsWith("bybit") ? "bybit" : "binance",
    open: ({ api_key, secret, url, poll_ms, timeout_ms, request_ms }) =>
      ccxtVenue({
        venue: name,
        ...(api_key !== undefined && { apiKey: api_key }),
        ...(secret !== undefined && { secret }),
        ...(url !== undefined && { url }),
        ...(poll_ms !== undefined && { pollMs: poll_ms }),
        ...(timeout_ms !== undefined && { timeoutMs: timeout_ms }),
        ...(request_ms !== undefined && { requestMs: request_ms }),
      }),
  }),
);
