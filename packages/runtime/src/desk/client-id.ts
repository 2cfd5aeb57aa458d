import { hash } from "node:crypto";

/**
 * The id by which a venue and this side know an order: 24 letters, digits, dashes and underscores that follow from the
 * strategy, the symbol and what the strategy calls the order, so that asking a second time is asking once.
 *
 * @example
 * clientIdOf("Breakout", "BTCUSDT", "1700000000000-long"); // "bfugD_vfw1loyw3v28cKoc_r"
 */
export const clientIdOf = (strategy: string, symbol: string, orderId: string): string =>
  clientIdsOf(strategy, symbol)(orderId);

/**
 * The ids of all orders of a strategy in a symbol, for who asks for many: whose it is, the time of its bar, and its tag.
 * Only what was not seen before is hashed.
 */
export function clientIdsOf(strategy: string, symbol: string): (orderId: string) => string {
  const whose = JSON.stringify([strategy, symbol]);
  const start = `bf${digest(whose, 8)}`;
  const tags = new Map<string, string>();
  return (orderId) => {
    const dash = orderId.indexOf("-");
    const time = dash > 0 ? Number(orderId.slice(0, dash)) : NaN;
    const isStamped =
      Number.isInteger(time) && time > 0 && time < longestTime && String(time).length === dash;
    if (!isStamped) return `${start}${digest(`${whose}${orderId}`, 14)}`;
    const tag = orderId.slice(dash);
    let digested = tags.get(tag);
    if (digested === undefined) {
      if (tags.size >= mostTags) tags.clear();
      digested = digest(tag, 6);
      tags.set(tag, digested);
    }
    return `${start}${time.toString(36).padStart(8, "0")}${digested}`;
  };
}

/** In eight digits to the base of 36: the year 2059. */
const longestTime = 36 ** 8;
/** A program has a handful; who makes up new ones for ever must not fill the memory. */
const mostTags = 1_000;

const digest = (text: string, length: number): string => hash("sha256", text, "base64url").slice(0, length);
