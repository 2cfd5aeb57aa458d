import { alpacaVenue, alpacaVenueFacts } from "@bitfever/brokers";
import { z } from "zod";
import { milliseconds, text } from "./option-schemas.js";
import type { VenueKind } from "./venue-kind.js";

const schema = z.strictObject({
  api_key: text("the id of the key that the venue has given, such as ${ALPACA_KEY}"),
  secret: text("the secret of the key, such as ${ALPACA_SECRET}"),
  paper: z
    .boolean({ error: "true or false" })
    .meta({ description: "whether the keys are those of its paper account; true when left out" })
    .optional(),
  feed: z
    .enum(["iex", "sip"], { error: "iex or sip" })
    .meta({ description: "whose trades its bars are made of" })
    .optional(),
  fractions: z
    .boolean({ error: "true or false" })
    .meta({ description: "whether parts of a share are traded" })
    .optional(),
  url: text("the address of a server that talks as the venue does, such as http://127.0.0.1:4000").optional(),
  poll_ms: milliseconds("how often it is asked beside its stream, in milliseconds").optional(),
  timeout_ms: milliseconds("how long an answer is waited for, in milliseconds").optional(),
});

export const alpacaVenueKind: VenueKind = {
  ...alpacaVenueFacts,
  needs: "ws",
  server: "alpaca",
  schema,
  open: (given) => {
    const { api_key: keyId, secret, poll_ms, timeout_ms, paper, feed, fractions, url } = schema.parse(given);
    return alpacaVenue({
      ...{ keyId, secret },
      ...(paper !== undefined && { paper }),
      ...(feed !== undefined && { feed }),
      ...(fractions !== undefined && { fractions }),
      ...(url !== undefined && { url }),
      ...(poll_ms !== undefined && { pollMs: poll_ms }),
      ...(timeout_ms !== undefined && { timeoutMs: timeout_ms }),
    });
  },
};
