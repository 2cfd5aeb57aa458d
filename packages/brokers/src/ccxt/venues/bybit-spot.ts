import { BitFeverError } from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import { isNotFound } from "../failure.js";
import { infoOf, textOf } from "../found-order.js";
import { bybitShared } from "./bybit-shared.js";
import { held } from "./binance-shared.js";
import type { VenueDefinition } from "./venue-definition.js";

export const bybitSpot: VenueDefinition = {
  ...bybitShared,
  name: "bybit spot",
  summary:
    "Spot of Bybit with a unified account; its fees have to be paid in another coin than what is bought.",
  options: { defaultType: "spot", fetchMarkets: { types: ["spot"] }, fetchOrder: { acknowledged: true } },
  kind: "spot",
  // In which coin an account pays, the venue does not say where it can be asked.
  check: (_client, feeCoin) => {
    if (feeCoin !== undefined) return Promise.resolve();
    throw new BitFeverError(
      "BF5303",
      "Bybit takes the fee of a purchase from what was bought, unless the account pays fees in another coin: less would be held than was traded",
      {
        hint: 'let the account pay its fees in another coin, and say so: { feeCoin: "MNT" }; or trade a contract',
      },
    );
  },
  // From which side a trigger is met follows there from where the market stands: one that was passed would wait for its return.
  place: async (client, order) => {
    const { trigger, market } = order;
    if (trigger === null) return bybitShared.place(client, order);
    const last = new Decimal(textOf((await client.fetchTicker(market.symbol)).last) ?? trigger.price);
    const isPast = trigger.direction === "up" ? last.gte(trigger.price) : last.lte(trigger.price);
    return bybitShared.place(client, isPast ? { ...order, trigger: null } : order);
  },
  // What waits for its price is kept apart from what is in the book.
  cancel: async (client, { symbol }, clientId) => {
    const asked = { orderLinkId: clientId };
    try {
      await client.cancelOrder(undefined as unknown as string, symbol, asked);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await client.cancelOrder(undefined as unknown as string, symbol, { ...asked, trigger: true });
    }
  },
  feeCoinOf: (trade) => textOf(infoOf(trade)["feeCurrency"]),
  position: async (client, { base }) => held(await client.fetchBalance({ type: "spot" }), base),
};
