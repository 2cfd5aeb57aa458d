import { Decimal } from "decimal.js";
import { ccxtVenue, startVenueServer, type CcxtVenueName } from "../../../src/index.js";
import type { MarketSpecification } from "../../../src/venue-server/exchange/market.js";
import { accidentsOfOrders, accidentsOfWire } from "../accidents.js";
import { plansOfCoins, plansOfContracts } from "../programs.js";
import { itself, moneyDecimals, times, type WorldVenue } from "./world-venue.js";

const symbol = "AAAUSDT";
const [dollars, feeCoins, feeCoinPrice] = [1_000_000, 1_000, 500];
/** Behind so long a request can do nothing any more, in milliseconds. */
const requestMs = 1_000;

const marketsOf = (kind: MarketSpecification["kind"]): readonly MarketSpecification[] => {
  const common = {
    quote: "USDT",
    tick: "0.01",
    minimumNotional: "1",
    makerRate: "0.0002",
    takerRate: "0.0005",
  };
  const [coin, feeCoin] = [
    { base: "AAA", lot: "0.1", minimumQuantity: "0.1", price: "100" },
    { base: "BNB", lot: "0.001", minimumQuantity: "0.001", price: String(feeCoinPrice) },
  ];
  return [
    { id: symbol, kind, ...common, ...coin },
    { id: "BNBUSDT", kind: "spot", ...common, ...feeCoin },
  ];
};

/** An exchange of coins, or of contracts on them, over ccxt. */
export function exchange(name: CcxtVenueName): WorldVenue {
  const isSpot = name.endsWith("spot");
  const kind = isSpot ? "spot" : "linear";
  const isBinance = name.startsWith("binance");
  return {
    ...{ name, symbol, steps: { tick: 0.01, lot: 0.1, money_decimals: 8 } },
    plans: isSpot ? plansOfCoins : plansOfContracts,
    // A venue that forgets an id once its order has gone buys twice what comes twice: nobody can do anything about that.
    spoiltBy: (drawn) => (isBinance ? { ...drawn, doubledRequests: 0 } : drawn),
    serve: async (seed) => {
      const server = await startVenueServer({
        ...{ exchange: isBinance ? "binance" : "bybit", seed, feeAsset: "BNB", markets: marketsOf(kind) },
        balances: { USDT: String(dollars), AAA: "0", BNB: String(feeCoins) },
      });
      const { apiKey, secret, close } = server;
      const market = server.market(kind, symbol);
      const balance = (asset: string): Decimal => new Decimal(server.balance(kind, asset));
      return {
        ...{ port: Number(new URL(server.url).port), market, wire: server, ownerOf: itself, close },
        accidents: [
          ...accidentsOfWire(server, server.breakStreams, market),
          (random) => {
            const rate = ((random() - 0.5) / 500).toFixed(6);
            return {
              begins: () => {
                market.fund(rate);
              },
            };
          },
          ...accidentsOfOrders(server, "find_order"),
        ],
        gained: () => {
          const inDollars = balance("USDT").minus(dollars);
          // Fees are paid in coins on spot, and a contract that is held is not paid for.
          return isSpot
            ? inDollars.plus(balance("BNB").minus(feeCoins).times(feeCoinPrice))
            : inDollars
                .minus(new Decimal(market.entry()).times(market.held()))
                .toDecimalPlaces(moneyDecimals);
        },
        reach: async (port) => {
          const { broker, rules } = await ccxtVenue({
            ...{ venue: name, url: `http://127.0.0.1:${port}`, apiKey, secret, ...times, requestMs },
            ...(name === "bybit spot" && { feeCoin: "BNB" }),
          });
          return { broker, instrument: rules(symbol).instrument };
        },
      };
    },
  };
}
