import { ccxtUrls } from "../../venue-server/ccxt-urls.js";
import { venueCode } from "../failure.js";
import { foundOrder, infoOf, textOf } from "../found-order.js";
import type { CcxtOrder, CcxtTrade, VenueClient, VenueMarket } from "../venue-client.js";
import { amount, orderOf } from "./binance-shared.js";
import type { FoundOrder, PlacedOrder } from "./venue-definition.js";

const weekMs = 7 * 86_400_000;
const tradesPerPage = 100;

interface Row {
  readonly info?: unknown;
  readonly timestamp?: number | undefined;
}

/** What spot and contracts of Bybit have in common. */
export const bybitShared = {
  exchangeClass: "bybit",
  orders: ["market", "limit", "stop", "stop_limit", "market_if_touched", "limit_if_touched"],
  // Its orders are amended under their old id.
  replaces: false,
  renames: false,
  urls: (url: string) => ccxtUrls("bybit", url),
  place: (client: VenueClient, order: PlacedOrder): Promise<CcxtOrder> => {
    const { market, side, clientId, quantity, price, trigger, isPostOnly, force, isReduceOnly } = order;
    const isContract = market.symbol.includes(":");
    return client.createOrder(...orderOf(market.symbol, price, side), amount(quantity), amount(price), {
      clientOrderId: clientId,
      ...(trigger !== null && { triggerPrice: trigger.price }),
      // On spot it follows from where the market stands.
      ...(trigger !== null &&
        isContract && { triggerDirection: trigger.direction === "up" ? "ascending" : "descending" }),
      ...(isPostOnly && { postOnly: true }),
      ...(force !== null && { timeInForce: force }),
      // On spot a sale does not open anything.
      ...(isReduceOnly && isContract && { reduceOnly: true }),
    });
  },
  find: async (client: VenueClient, market: VenueMarket, clientId: string): Promise<FoundOrder | null> =>
    foundBy(client, market, { orderLinkId: clientId }, clientId),
  findByNumber: (client: VenueClient, market: VenueMarket, orderId: string): Promise<FoundOrder | null> =>
    foundBy(client, market, { orderId }),
  open: async (client: VenueClient, { symbol }: VenueMarket): Promise<readonly FoundOrder[]> => {
    const found = await client.fetchOpenOrders(symbol, undefined, 50, { paginate: true });
    return found.map((each) => foundOrder(each)).filter((each) => each !== null);
  },
  trades: (client: VenueClient, { symbol }: VenueMarket, from: number): Promise<readonly CcxtTrade[]> =>
    weekByWeek(client, from, (start, asked) => client.fetchMyTrades(symbol, start, tradesPerPage, asked)),
  told: foundOrder,
  clientIdOf: (trade: CcxtTrade): string | null => {
    const { orderLinkId } = infoOf(trade);
    return typeof orderLinkId === "string" && orderLinkId !== "" ? orderLinkId : null;
  },
  leftAfter: (trade: CcxtTrade): string | null => textOf(infoOf(trade)["leavesQty"]),
  isDoubled: (text: string): boolean => [110072, 170141].includes(venueCode(text) ?? 0),
  hasNothingToClose: (text: string): boolean => venueCode(text) === 110017,
  isPastTrigger: (text: string): boolean => [110092, 110093].includes(venueCode(text) ?? 0),
  // Server error and timeout: what became of it nobody says.
  unsureCodes: [10000, 10016],
} as const;

/** Asks for what an account has done, oldest first: it is told of a week at most, the newest first. */
export async function weekByWeek<Each extends Row>(
  client: VenueClient,
  from: number,
  ask: (start: number, asked: Readonly<Record<string, unknown>>) => Promise<readonly Each[]>,
): Promise<readonly Each[]> {
  const now = client.milliseconds();
  const all: Each[] = [];
  const first = from === -Infinity ? now - weekMs : Math.max(from, now - 2 * 52 * weekMs);
  for (let start = first; start <= now + weekMs; start += weekMs) {
    let cursor: string | undefined;
    do {
      const asked = { endTime: start + weekMs - 1, ...(cursor !== undefined && { cursor }) };
      const page = await ask(start, asked);
      all.push(...page);
      const next = infoOf(page.at(-1) ?? {})?.["nextPageCursor"];
      cursor = page.length >= tradesPerPage && typeof next === "string" && next !== "" ? next : undefined;
    } while (cursor !== undefined);
  }
  return all.sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
}

async function foundBy(
  client: VenueClient,
  { symbol }: VenueMarket,
  asked: Readonly<Record<string, string>>,
  clientId?: string,
): Promise<FoundOrder | null> {
  const [open] = await client.fetchOpenOrders(symbol, undefined, undefined, asked);
  const found = open ?? (await client.fetchCanceledAndClosedOrders(symbol, undefined, undefined, asked))[0];
  return found === undefined ? null : foundOrder(found, clientId);
}
