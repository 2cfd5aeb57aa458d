import type { AccountView, Holding, OrderProposal, Scope } from "@bitfever/runtime";

/* An account and an order at which no gate takes offence, with what a test changes of them. */

export const noon = Date.UTC(2026, 10, 30, 12); // a Monday

/** What is sent, as far as the gates know it. */
export const ticket = { clientId: "trend-AAA-1" };

export const proposalOf = (changes: Partial<OrderProposal> = {}): OrderProposal => ({
  time: noon,
  signalTime: noon,
  strategy: "trend",
  symbol: "AAA",
  sector: "tech",
  side: "buy",
  isReducing: false,
  isFlattening: false,
  isReplacement: false,
  replacedQuantity: 0,
  quantity: 10,
  price: null,
  lastPrice: 100,
  unitWorth: 1,
  ...ticket,
  ...changes,
});

export const holdingOf = (changes: Partial<Holding> = {}): Holding => ({
  strategy: "trend",
  symbol: "AAA",
  sector: "tech",
  long: 0,
  short: 0,
  entering: { buy: 0, sell: 0 },
  openOrders: 0,
  lastPrice: 100,
  unitWorth: 1,
  lastDataTime: noon,
  clockSkewMs: 0,
  ...changes,
});

export const accountOf = (
  changes: Partial<AccountView> = {},
  holdings: readonly Holding[] = [holdingOf()],
): AccountView => ({
  equity: 100_000,
  sessionEquity: 100_000,
  highestEquity: 100_000,
  lossesInARow: 0,
  session: 20_787,
  holding: (strategy, symbol) =>
    holdings.find((each) => each.strategy === strategy && each.symbol === symbol) ?? null,
  holdingsIn: (scope) => holdings.filter((each) => isIn(each, scope)),
  ...changes,
});

const isIn = (holding: Holding, { strategy, symbol, sector }: Scope): boolean =>
  (strategy === undefined || holding.strategy === strategy) &&
  (symbol === undefined || holding.symbol === symbol) &&
  (sector === undefined || holding.sector === sector);
