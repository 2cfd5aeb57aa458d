import { textOf } from "../found-order.js";
import { bybitShared, weekByWeek } from "./bybit-shared.js";
import type { VenueDefinition } from "./venue-definition.js";

const fundingsPerPage = 100;

export const bybitLinear: VenueDefinition = {
  ...bybitShared,
  name: "bybit linear",
  summary: "USDT perpetual contracts of Bybit with a unified account, one position a symbol.",
  options: { defaultType: "swap", fetchMarkets: { types: ["linear"] }, fetchOrder: { acknowledged: true } },
  kind: "linear",
  check: () => Promise.resolve(),
  cancel: async (client, { symbol }, clientId) => {
    await client.cancelOrder(undefined as unknown as string, symbol, { orderLinkId: clientId });
  },
  funding: async (client, { symbol }, from) => {
    const all = await weekByWeek(client, from, (start, asked) =>
      client.fetchFundingHistory(symbol, start, fundingsPerPage, asked),
    );
    // It is told as a fee, above zero where it was paid.
    return all.map(({ id, amount, timestamp }) => {
      const fee = textOf(amount) ?? "0";
      const signed = fee.startsWith("-") ? fee.slice(1) : `-${fee}`;
      return { id: String(id), amount: signed, time: timestamp ?? 0 };
    });
  },
  position: async (client, { symbol }) => {
    const positions = await client.fetchPositions([symbol]);
    const found = positions.find((each) => each.symbol === symbol);
    const size = textOf(found?.contracts) ?? "0";
    return found?.side === "short" && Number(size) !== 0 ? `-${size}` : size;
  },
};
