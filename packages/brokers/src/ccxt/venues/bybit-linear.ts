import { ccxtUrls } from "../../venue-server/ccxt-urls.js";
import { foundOrder, infoOf, textOf } from "../found-order.js";
import { venueCode } from "../failure.js";
import type { CcxtTrade } from "../venue-client.js";
import type { VenueDefinition } from "./venue-definition.js";
import { amount, orderOf } from "./binance-shared.js";

const weekMs = 7 * 86_400_000;
const tradesPerPage = 100;

export const bybitLinear: VenueDefinition = {
  name: "bybit linear",
  summary: "USDT perpetual contracts of Bybit with a unified account, one position a symbol.",
  exchangeClass: "bybit",
  options: { defaultType: "swap", fetchMarkets: { types: ["linear"] }, fetchOrder: { acknowledged: true } },
  kind: "linear",
  orders: ["market", "limit", "stop", "stop_limit", "market_if_touched", "limit_if_touched"],
  // Its orders are amended under their old id.
  replaces: false,
  urls: (url) => ccxtUrls("bybit", url),
  check: () => Promise.resolve(),
  place: (client, { market, side, clientId, quantity, price, trigger, isPostOnly, force, isReduceOnly }) =>
    client.createOrder(...orderOf(market.symbol, price, side), amount(quantity), amount(price), {
      clientOrderId: clientId,
      ...(trigger !== null && {
        triggerPrice: trigger.price,
        triggerDirection: trigger.direction === "up" ? "ascending" : "descending",
      }),
      ...(isPostOnly && { postOnly: true }),
      ...(force !== null && { timeInForce: force }),
      ...(isReduceOnly && { reduceOnly: true }),
    }),
  cancel: async (client, { symbol }, clientId) => {
    await client.cancelOrder(undefined as unknown as string, symbol, { orderLinkId: clientId });
  },
  find: async (client, { symbol }, clientId) => {
    const asked = { orderLinkId: clientId };
    const [open] = await client.fetchOpenOrders(symbol, undefined, undefined, asked);
    const found = open ?? (await client.fetchCanceledAndClosedOrders(symbol, undefined, undefined, asked))[0];
    return found === undefined ? null : foundOrder(found, clientId);
  },
  findByNumber: async (client, { symbol }, orderId) => {
    const asked = { orderId };
    const [open] = await client.fetchOpenOrders(symbol, undefined, undefined, asked);
    const found = open ?? (await client.fetchCanceledAndClosedOrders(symbol, undefined, undefined, asked))[0];
    return found === undefined ? null : foundOrder(found);
  },
  open: async (client, { symbol }) => {
    const found = await client.fetchOpenOrders(symbol, undefined, 50, { paginate: true });
    return found.map((each) => foundOrder(each)).filter((each) => each !== null);
  },
  // It tells the newest first, of a week at most.
  trades: async (client, { symbol }, from) => {
    const now = client.milliseconds();
    const all: CcxtTrade[] = [];
    for (let start = Math.max(from, now - 2 * 52 * weekMs); start <= now + weekMs; start += weekMs) {
      if (from === -Infinity && start < now - weekMs) start = now - weekMs;
      let cursor: string | undefined;
      do {
        const asked = { endTime: start + weekMs - 1, ...(cursor !== undefined && { cursor }) };
        const page = await client.fetchMyTrades(symbol, start, tradesPerPage, asked);
        all.push(...page);
        const next = infoOf(page.at(-1) ?? {})?.["nextPageCursor"];
        cursor = page.length >= tradesPerPage && typeof next === "string" && next !== "" ? next : undefined;
      } while (cursor !== undefined);
    }
    return all.sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
  },
  position: async (client, { symbol }) => {
    const positions = await client.fetchPositions([symbol]);
    const found = positions.find((each) => each.symbol === symbol);
    const size = textOf(found?.contracts) ?? "0";
    return found?.side === "short" && Number(size) !== 0 ? `-${size}` : size;
  },
  told: (order) => foundOrder(order),
  clientIdOf: (trade) => {
    const { orderLinkId } = infoOf(trade);
    return typeof orderLinkId === "string" && orderLinkId !== "" ? orderLinkId : null;
  },
  leftAfter: (trade) => textOf(infoOf(trade)["leavesQty"]),
  isDoubled: (text) => [110072, 170141].includes(venueCode(text) ?? 0),
  isPastTrigger: (text) => [110092, 110093].includes(venueCode(text) ?? 0),
  // Server error and timeout: what became of it nobody says.
  unsureCodes: [10000, 10016],
};
