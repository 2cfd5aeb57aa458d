import { ccxtCandles } from "@bitfever/brokers";
import { z } from "zod";
import { milliseconds, text } from "../venues/option-schemas.js";
import type { FeedKind } from "./feed-kind.js";

const schema = z.strictObject({
  exchange: text("the exchange as ccxt calls it, such as kraken"),
  type: z
    .enum(["spot", "swap"], { error: "spot or swap" })
    .meta({ description: "spot, or contracts without an end that are paid in what their price is in" })
    .optional(),
  url: text(
    "the address of a server that talks as the exchange does, such as http://127.0.0.1:4000",
  ).optional(),
  timeout_ms: milliseconds("how long an answer is waited for, in milliseconds").optional(),
});

/** Bars of an exchange at which nothing is traded in earnest. */
export const ccxtFeed: FeedKind<z.infer<typeof schema>> = {
  name: "ccxt",
  summary: "Bars of any exchange of ccxt that makes candles, to trade on paper by; needs the package ccxt.",
  schema,
  open: ({ exchange, type, url, timeout_ms }) =>
    ccxtCandles({
      exchange,
      ...(type !== undefined && { type }),
      ...(url !== undefined && { url }),
      ...(timeout_ms !== undefined && { timeoutMs: timeout_ms }),
    }),
};
