import type { MarketSpecification } from "../exchange/market.js";

const share: Omit<MarketSpecification, "id" | "base" | "price"> = {
  ...{ kind: "spot", quote: "USD", tick: "0.0001", lot: "0.000000001", minimumQuantity: "0.000000001" },
  ...{ minimumNotional: "0", makerRate: "0", takerRate: "0", fillsWhole: true },
};

/** What is traded where nobody says otherwise: two shares, and one that is not sold in parts. */
export const alpacaMarkets: readonly MarketSpecification[] = [
  { ...share, id: "AAPL", base: "AAPL", price: "200" },
  { ...share, id: "SPY", base: "SPY", price: "500" },
  { ...share, id: "WHOLE", base: "WHOLE", price: "20", lot: "1", minimumQuantity: "1" },
];

export const alpacaBalances: Readonly<Record<string, string>> = { USD: "1000000" };
