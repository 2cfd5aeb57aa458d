import { hash } from "node:crypto";

/**
 * The id by which a venue and this side know an order: 24 letters, digits, dashes and underscores that follow from the
 * strategy, the symbol and what the strategy calls the order, so that asking a second time is asking once.
 *
 * @example
 * clientIdOf("Breakout", "BTCUSDT", "1700000000000-long"); // "bfxE4SJbCSFfXl8FEPcFOP8G"
 */
export const clientIdOf = (strategy: string, symbol: string, orderId: string): string =>
  clientIdsOf(strategy, symbol)(orderId);

/** The ids of all orders of a strategy in a symbol, for who asks for many. */
export function clientIdsOf(strategy: string, symbol: string): (orderId: string) => string {
  const before = JSON.stringify([strategy, symbol]).slice(0, -1);
  return (orderId) => {
    const text = `${before},${JSON.stringify(orderId)}]`;
    return `bf${hash("sha256", text, "base64url").slice(0, 22)}`;
  };
}
