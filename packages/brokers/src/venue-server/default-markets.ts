import type { MarketSpecification } from "./exchange/market.js";

const coin = { base: "BTC", quote: "USDT", price: "50000" } as const;
const feeCoin = { base: "BNB", quote: "USDT", price: "500" } as const;

/** What is traded where nobody says otherwise. */
export const defaultMarkets: readonly MarketSpecification[] = [
  {
    ...{ id: "BTCUSDT", kind: "spot", ...coin, tick: "0.01", lot: "0.00001", minimumQuantity: "0.00001" },
    ...{ minimumNotional: "5", makerRate: "0.001", takerRate: "0.001" },
  },
  {
    ...{ id: "BNBUSDT", kind: "spot", ...feeCoin, tick: "0.01", lot: "0.001", minimumQuantity: "0.001" },
    ...{ minimumNotional: "5", makerRate: "0.001", takerRate: "0.001" },
  },
  {
    ...{ id: "BTCUSDT", kind: "linear", ...coin, tick: "0.1", lot: "0.001", minimumQuantity: "0.001" },
    ...{ minimumNotional: "5", makerRate: "0.0002", takerRate: "0.0005" },
  },
];

export const defaultBalances: Readonly<Record<string, string>> = { USDT: "1000000", BTC: "0", BNB: "100" };
