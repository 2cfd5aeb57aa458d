import { foundOrder, infoOf, textOf } from "../found-order.js";
import { isNotFound } from "../failure.js";
import type { CcxtOrder, CcxtTrade, VenueClient, VenueMarket } from "../venue-client.js";
import type { FoundOrder, VenueDefinition, VenueFunding } from "./venue-definition.js";
import { binanceShared, orNull, tradesPerPage, withFollowing } from "./binance-shared.js";

const fundingsPerPage = 1_000;
const weekMs = 7 * 86_400_000;
/** Older trades are not told. */
const mostWeeks = 26;

const fundingOf = ({
  id,
  amount,
  timestamp,
}: Awaited<ReturnType<VenueClient["fetchFundingHistory"]>>[number]): VenueFunding => ({
  ...{ id: String(id), amount: textOf(amount) ?? "0", time: timestamp ?? 0 },
});

/** A conditional order is kept apart, and becomes another one in the book when it is triggered. */
async function ofConditional(
  client: VenueClient,
  { symbol }: VenueMarket,
  order: CcxtOrder,
): Promise<FoundOrder | null> {
  const { actualOrderId, clientAlgoId } = infoOf(order);
  const clientId = typeof clientAlgoId === "string" ? clientAlgoId : order.clientOrderId;
  const number = textOf(actualOrderId) ?? "";
  if (number === "" || number === "0") return foundOrder(order, clientId);
  return orNull(client.fetchOrder(number, symbol), clientId);
}

const conditional = async (
  client: VenueClient,
  market: VenueMarket,
  clientId: string,
): Promise<FoundOrder | null> => {
  try {
    const order = await client.fetchOrder("", market.symbol, { clientAlgoId: clientId, trigger: true });
    return await ofConditional(client, market, order);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
};

export const binanceFutures: VenueDefinition = {
  ...binanceShared,
  name: "binance futures",
  summary: "USD-M perpetual contracts of Binance, one position a symbol.",
  exchangeClass: "binanceusdm",
  options: { fetchMarkets: { types: ["linear"] } },
  kind: "linear",
  // Its orders are amended under their old id.
  replaces: false,
  renames: true,
  check: () => Promise.resolve(),
  cancel: async (client, market, clientId) => {
    const { symbol } = market;
    try {
      await client.cancelOrder("", symbol, { clientOrderId: clientId });
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const found = await conditional(client, market, clientId);
      if (found === null) throw error;
      try {
        await client.cancelOrder("", symbol, { clientAlgoId: clientId, trigger: true });
      } catch (second) {
        if (!isNotFound(second)) throw second;
        await client.cancelOrder(found.orderId, symbol);
      }
    }
  },
  find: async (client, market, clientId) => {
    const asked = client.fetchOrder("", market.symbol, { clientOrderId: clientId });
    const found = await orNull(asked, clientId);
    return found ?? (await conditional(client, market, clientId));
  },
  open: async (client, market) => {
    const inBook = await client.fetchOpenOrders(market.symbol);
    const waiting = await client.fetchOpenOrders(market.symbol, undefined, undefined, { trigger: true });
    const found = [...inBook, ...waiting].map((each) => foundOrder(each));
    return found.filter((each) => each !== null);
  },
  // A week of them is told at most: they are looked for week by week, and asked for by their numbers from the first on.
  trades: async (client, { symbol }, from) => {
    const now = client.milliseconds();
    const first = from === -Infinity ? now - weekMs : Math.max(from, now - mostWeeks * weekMs);
    let page: CcxtTrade[] = [];
    let end = first;
    for (let start = first; start <= now && page.length === 0; start = end) {
      end = start + weekMs;
      page = await client.fetchMyTrades(symbol, start, tradesPerPage, { endTime: end - 1 });
    }
    const mayFollow = page.length >= tradesPerPage || (page.length > 0 && end <= now);
    return withFollowing(client, symbol, page, mayFollow);
  },
  funding: async (client, { symbol }, from) => {
    const all: VenueFunding[] = [];
    // A page is told from a time on: the next begins with the instant of its last.
    for (let since = from; ;) {
      const page = await client.fetchFundingHistory(symbol, since, fundingsPerPage);
      const known = new Set(all.map(({ id }) => id));
      all.push(...page.map(fundingOf).filter(({ id }) => !known.has(id)));
      const last = page.at(-1)?.timestamp;
      if (page.length < fundingsPerPage || last === undefined || last === since) return all;
      since = last;
    }
  },
  position: async (client, { symbol }) => {
    const positions = await client.fetchPositions([symbol]);
    const found = positions.find((each) => each.symbol === symbol);
    if (found === undefined) return "0";
    return `${found.side === "short" ? "-" : ""}${textOf(found.contracts) ?? "0"}`;
  },
  // That a conditional order has gone into the book is told of with the number that it has there.
  told: (order) => {
    const { ai, caid } = infoOf(order);
    const isInBook = typeof ai === "string" && ai !== "" && ai !== "0";
    if (typeof caid !== "string" || !isInBook) return foundOrder(order);
    const found = foundOrder({ ...order, id: ai }, caid);
    return found === null ? null : { ...found, status: "working" };
  },
};
