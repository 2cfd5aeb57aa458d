import { ccxtUrls } from "../../venue-server/ccxt-urls.js";
import { foundOrder, infoOf, textOf } from "../found-order.js";
import { isNotFound, venueCode } from "../failure.js";
import type { CcxtOrder, CcxtTrade, VenueClient, VenueMarket } from "../venue-client.js";
import type { FoundOrder, PlacedOrder } from "./venue-definition.js";
import { Decimal } from "decimal.js";

export const tradesPerPage = 500;

/** What spot and futures of Binance have in common. */
export const binanceShared = {
  urls: (url: string) => ccxtUrls("binance", url),
  orders: ["market", "limit", "stop", "stop_limit", "market_if_touched", "limit_if_touched"],
  place: (client: VenueClient, order: PlacedOrder): Promise<CcxtOrder> => {
    const { market, side, clientId, quantity, price } = order;
    return client.createOrder(...orderOf(market.symbol, price, side), amount(quantity), amount(price), {
      clientOrderId: clientId,
      ...termsOf(order, isStop(order) ? "stopLossPrice" : "takeProfitPrice"),
    });
  },
  findByNumber: (client: VenueClient, { symbol }: VenueMarket, orderId: string): Promise<FoundOrder | null> =>
    orNull(client.fetchOrder(orderId, symbol)),
  trades: async (
    client: VenueClient,
    { symbol }: VenueMarket,
    from: number,
  ): Promise<readonly CcxtTrade[]> => {
    const first = await client.fetchMyTrades(symbol, Math.max(0, from), tradesPerPage);
    return withFollowing(client, symbol, first, first.length >= tradesPerPage);
  },
  told: foundOrder,
  clientIdOf: (trade: CcxtTrade): string | null => {
    const { c } = infoOf(trade);
    return typeof c === "string" ? c : null;
  },
  leftAfter: (trade: CcxtTrade): string | null => {
    const { q, z, e, o } = infoOf(trade);
    const isReport = e === "executionReport" || o !== undefined;
    return isReport && typeof q === "string" && typeof z === "string"
      ? new Decimal(q).minus(z).toFixed()
      : null;
  },
  isDoubled: (text: string): boolean => text.includes("Duplicate order sent") || venueCode(text) === -4116,
  hasNothingToClose: (text: string): boolean => venueCode(text) === -2022,
  isPastTrigger: (text: string): boolean =>
    text.includes("would trigger immediately") || text.includes("would immediately trigger"),
  // Disconnected, no answer from behind, unknown: what became of it nobody says.
  unsureCodes: [-1000, -1001, -1006, -1007, -1008],
} as const;

/** A page of trades with all that follow it, where there may be such: trades of one market have numbers that grow. */
export async function withFollowing(
  client: VenueClient,
  symbol: string,
  first: readonly CcxtTrade[],
  mayFollow: boolean,
): Promise<readonly CcxtTrade[]> {
  const all = [...first];
  for (let isMore = mayFollow; isMore;) {
    const fromId = Number(all.at(-1)?.id ?? 0) + 1;
    const page = await client.fetchMyTrades(symbol, undefined, tradesPerPage, { fromId });
    all.push(...page);
    isMore = page.length >= tradesPerPage;
  }
  return all;
}

export async function orNull(asked: Promise<CcxtOrder>, clientId?: string): Promise<FoundOrder | null> {
  try {
    return foundOrder(await asked, clientId);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

export const orderOf = (
  symbol: string,
  price: string | null,
  side: "buy" | "sell",
): readonly [string, "limit" | "market", "buy" | "sell"] => [
  symbol,
  price === null ? "market" : "limit",
  side,
];

/** The library takes decimal strings as they are; its types say numbers. */
export const amount = (text: string | null): number => (text ?? undefined) as unknown as number;

/** What waits is a stop where it comes from the side of a loss, and takes profit where it comes from the other. */
export const isStop = ({ side, trigger }: Pick<PlacedOrder, "side" | "trigger">): boolean =>
  trigger !== null && (trigger.direction === "up") === (side === "buy");

/** @param triggerName  what the client library calls the price at which it is triggered */
export function termsOf(
  { market, trigger, isPostOnly, force, isReduceOnly }: PlacedOrder,
  triggerName: string,
): Record<string, unknown> {
  return {
    ...(trigger !== null && { [triggerName]: trigger.price }),
    ...(isPostOnly && { postOnly: true }),
    ...(force !== null && { timeInForce: force }),
    // On spot a sale does not open anything.
    ...(isReduceOnly && market.symbol.includes(":") && { reduceOnly: true }),
  };
}

export const held = (balance: unknown, asset: string): string =>
  textOf((balance as Readonly<Record<string, { readonly total?: unknown } | undefined>>)[asset]?.total) ??
  "0";
