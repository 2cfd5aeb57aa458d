import { BitFeverError } from "@bitfever/runtime";
import { foundOrder } from "../found-order.js";
import type { FoundOrder, PlacedOrder, VenueDefinition } from "./venue-definition.js";
import { amount, binanceShared, held, isStop, orNull, termsOf } from "./binance-shared.js";

export const binanceSpot: VenueDefinition = {
  ...binanceShared,
  name: "binance spot",
  summary: "Spot of Binance; fees have to be paid in BNB, so that what is bought is what is held.",
  exchangeClass: "binance",
  options: { defaultType: "spot", fetchMarkets: { types: ["spot"] } },
  kind: "spot",
  replaces: true,
  renames: false,
  // The number that says so on futures says here that an order did not take the place of another.
  hasNothingToClose: () => false,
  check: async (client) => {
    const answer = (await (client as unknown as BnbBurn).sapiGetBnbBurn()) as { spotBNBBurn?: unknown };
    if (answer.spotBNBBurn === true) return;
    throw new BitFeverError(
      "BF5303",
      "this account pays the fees of a purchase with what it bought: less would be held than was traded",
      {
        hint: "let the account pay fees in BNB, and hold some, or trade a futures market",
      },
    );
  },
  replace: (client, orderId, order) => {
    const { market, side, clientId, quantity, price } = order;
    return client.editOrder(orderId, market.symbol, typeOf(order), side, amount(quantity), amount(price), {
      clientOrderId: clientId,
      ...termsOf(order, "stopPrice"),
    });
  },
  cancel: async (client, { symbol }, clientId) => {
    await client.cancelOrder("", symbol, { clientOrderId: clientId });
  },
  find: (client, { symbol }, clientId) =>
    orNull(client.fetchOrder("", symbol, { clientOrderId: clientId }), clientId),
  open: async (client, { symbol }) => all(await client.fetchOpenOrders(symbol)),
  position: async (client, { base }) => held(await client.fetchBalance({ type: "spot" }), base),
};

/** What the venue calls an order: where one takes the place of another the client library does not work it out. */
function typeOf(order: PlacedOrder): string {
  const { price, trigger } = order;
  if (trigger === null) return price === null ? "market" : "limit";
  return `${isStop(order) ? "STOP_LOSS" : "TAKE_PROFIT"}${price === null ? "" : "_LIMIT"}`;
}

interface BnbBurn {
  readonly sapiGetBnbBurn: () => Promise<unknown>;
}

const all = (orders: Parameters<typeof foundOrder>[0][]): readonly FoundOrder[] =>
  orders.map((each) => foundOrder(each)).filter((each) => each !== null);
