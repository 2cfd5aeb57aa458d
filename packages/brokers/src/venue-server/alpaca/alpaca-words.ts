import type { ExchangeOrder, TimeInForce } from "../exchange/exchange-order.js";

/** How long an order may rest, by the words of Alpaca: the market is always open here, so that no day ends. */
export const forces: Readonly<Record<string, TimeInForce>> = {
  day: "until_cancelled",
  gtc: "until_cancelled",
  ioc: "immediate",
  fok: "all_or_nothing",
};

export const orderWords: readonly string[] = ["market", "limit", "stop", "stop_limit"];

/** The exchange keeps as one name what Alpaca calls the type of an order and how long it may rest. */
export const typeName = (type: string, force: string): string => `${type} ${force}`;

export function typeAndForce({ typeName: name }: ExchangeOrder): readonly [type: string, force: string] {
  const [type = "", force = ""] = name.split(" ");
  return [type, force];
}

const id = (group: string, number: number): string =>
  `00000000-0000-4000-${group}-${String(number).padStart(12, "0")}`;

/** Numbers are told as ids that look as if they said nothing. */
export const orderIdOf = (number: number): string => id("8000", number);
export const executionIdOf = (number: number): string => id("9000", number);
export const assetIdOf = (place: number): string => id("a000", place);
/** Of an order that came without one. */
export const ownClientId = (number: number): string => id("b000", number);

/** NaN for what is no id of an order. */
export const numberOf = (orderId: string): number =>
  orderId.startsWith("00000000-0000-4000-8000-") ? Number(orderId.slice(-12)) : NaN;

/** A time as it is told: with nanoseconds, of which this exchange knows the first six zeros. */
export const stampOf = (time: number): string => new Date(time).toISOString().replace("Z", "000000Z");
