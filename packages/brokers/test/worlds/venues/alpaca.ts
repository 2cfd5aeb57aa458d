import { Decimal } from "decimal.js";
import { alpacaVenue, startVenueServer } from "../../../src/index.js";
import type { MarketSpecification } from "../../../src/venue-server/exchange/market.js";
import { accidentsOfOrders, accidentsOfWire } from "../accidents.js";
import { plansOfShares } from "../programs.js";
import { times, type WorldVenue } from "./world-venue.js";

const symbol = "AAA";
const dollars = 1_000_000;
/** A request that nobody answered does nothing any more behind so long: longer than any is late, in milliseconds. */
const lostAfterMs = 1_000;

/** It trades at parts of a cent and is counted in parts of a share, and is sold in whole ones. */
const share: MarketSpecification = {
  ...{ id: symbol, kind: "spot", base: symbol, quote: "USD", price: "100" },
  ...{ tick: "0.0001", lot: "0.000000001", minimumQuantity: "0.000000001", minimumNotional: "0" },
  ...{ makerRate: "0", takerRate: "0", fillsWhole: true },
};

/** An order that turns a position round is two there: the second under the id of the first, with `-2` behind it. */
const ownerOf = (clientId: string): string => clientId.replace(/-2$/, "");

/** Shares at Alpaca: whole ones, long and short. */
export const alpaca: WorldVenue = {
  ...{ name: "alpaca", symbol, steps: { tick: 0.01, lot: 1, money_decimals: 8 } },
  plans: plansOfShares,
  spoiltBy: (drawn) => drawn,
  serve: async (seed) => {
    const server = await startVenueServer({
      ...{ exchange: "alpaca", seed, markets: [share], balances: { USD: String(dollars) } },
    });
    const { apiKey: keyId, secret, close } = server;
    const market = server.market("spot", symbol);
    return {
      ...{ port: Number(new URL(server.url).port), market, wire: server, ownerOf, close },
      accidents: [
        ...accidentsOfWire(server, server.breakStreams, market),
        ...accidentsOfOrders(server, "find_order"),
      ],
      gained: () => new Decimal(server.balance("spot", "USD")).minus(dollars),
      reach: async (port) => {
        const url = `http://127.0.0.1:${port}`;
        const { broker, rules } = await alpacaVenue({ keyId, secret, url, ...times, lostAfterMs });
        return { broker, instrument: rules(symbol).instrument };
      },
    };
  },
};
