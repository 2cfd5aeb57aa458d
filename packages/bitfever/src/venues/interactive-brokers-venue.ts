import {
  interactiveBrokersFacts,
  interactiveBrokersVenue,
  type ContractTerms,
  type InteractiveBrokersOptions,
} from "@bitfever/brokers";
import { BitFeverError } from "@bitfever/lang";
import { z } from "zod";
import { milliseconds, text } from "./option-schemas.js";
import type { VenueKind } from "./venue-kind.js";

const whatContracts = "what is traded, such as { AAPL: {}, SIE: { currency: EUR } }";

const contract = z.strictObject(
  {
    kind: z.enum(["stock", "future"], { error: "stock or future" }).optional(),
    symbol: text("how it is called at the exchange").optional(),
    exchange: text("where orders go; SMART when left out").optional(),
    primary_exchange: text("where it is listed, where several have the same symbol").optional(),
    currency: text("in which its price is").optional(),
    expiry: text('of a future its month or its last day, in quotes: "202612"').optional(),
    trading_class: text("of a future, where several have the same month").optional(),
  },
  { error: "a group of names, or {}" },
);

const schema = z.strictObject({
  contracts: z.record(z.string(), contract, { error: whatContracts }).meta({ description: whatContracts }),
  host: text("where TWS or IB Gateway listens; 127.0.0.1 when left out").optional(),
  port: z
    .int({ error: "its port; 7497, paper trading of TWS, when left out" })
    .min(1)
    .max(65_535)
    .meta({ description: "its port; 7497, paper trading of TWS, when left out" })
    .optional(),
  client_id: z
    .int({ error: "a number of this account, always the same" })
    .min(0)
    .meta({ description: "a number of this account, always the same" })
    .optional(),
  account: text("the account at the venue, where the user has several").optional(),
  poll_ms: milliseconds("how often it is asked beside what it tells, in milliseconds").optional(),
  timeout_ms: milliseconds("how long an answer is waited for, in milliseconds").optional(),
});

export const interactiveBrokersKind: VenueKind = {
  ...interactiveBrokersFacts,
  needs: "@stoqey/ib",
  server: "tws",
  schema,
  open: (given) => {
    const { contracts, host, port, client_id, account, poll_ms, timeout_ms } = schema.parse(given);
    const options: InteractiveBrokersOptions = {
      contracts: Object.fromEntries(
        Object.entries(contracts).map(([symbol, each]) => [symbol, termsOf(each)] as const),
      ),
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      ...(client_id !== undefined && { clientId: client_id }),
      ...(account !== undefined && { account }),
      ...(poll_ms !== undefined && { pollMs: poll_ms }),
      ...(timeout_ms !== undefined && { timeoutMs: timeout_ms }),
    };
    return interactiveBrokersVenue(options);
  },
};

/**
 * The contracts of an account as a local server has them, which knows shares alone.
 *
 * @param raw  the options of the venue
 * @throws BitFeverError BF5322 for a future, and for a symbol that is no contract of the account
 */
export function servedContracts(
  raw: Readonly<Record<string, unknown>>,
  symbols: readonly string[],
): Readonly<Record<string, { readonly currency: string }>> {
  const contracts = schema.shape.contracts.parse(raw["contracts"]);
  return Object.fromEntries(
    symbols.map((symbol) => {
      const found = Object.hasOwn(contracts, symbol) ? contracts[symbol] : undefined;
      if (found === undefined || found.kind === "future")
        throw new BitFeverError(
          "BF5322",
          `the local server of ${interactiveBrokersFacts.name} cannot have ${symbol}: ${found === undefined ? "it is none of the `contracts`" : "it has shares, and no futures"}`,
          {
            hint:
              found === undefined
                ? `write ${symbol}: {} under \`contracts\``
                : "rehearse it on paper, where orders go to a simulated venue",
          },
        );
      return [symbol, { currency: found.currency ?? "USD" }];
    }),
  );
}

const termsOf = (given: z.infer<typeof contract>): ContractTerms => {
  const { kind, symbol, exchange, primary_exchange, currency, expiry, trading_class } = given;
  return {
    ...(kind !== undefined && { kind }),
    ...(symbol !== undefined && { symbol }),
    ...(exchange !== undefined && { exchange }),
    ...(primary_exchange !== undefined && { primaryExchange: primary_exchange }),
    ...(currency !== undefined && { currency }),
    ...(expiry !== undefined && { expiry }),
    ...(trading_class !== undefined && { tradingClass: trading_class }),
  };
};
