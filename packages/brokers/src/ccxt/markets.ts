import { Instrument } from "@bitfever/runtime";
import type { MarketInterface } from "ccxt";
import { textOf } from "./found-order.js";
import type { VenueClient, VenueMarket } from "./venue-client.js";

/** Coins, or contracts on them that have no end and are paid in what their price is in. */
export type MarketType = "spot" | "swap";

/** The rules of a market, as the venue tells them. */
export interface TradingRules {
  /** What is traded, with its tick and lot; money counts in cents of a millionth. */
  readonly instrument: Instrument;
  /** The smallest quantity and worth of an order, in decimals; null where there is none. */
  readonly minimumQuantity: number | null;
  readonly minimumNotional: number | null;
}

/** Money of these venues has so many decimals. */
const moneyDecimals = 8;
/** How the client library says that what it tells of prices and quantities are steps. */
const tellsSteps = 4;

/** The markets of a type, as the client library knows them once it has asked. */
export function marketsOf(client: VenueClient, type: MarketType): readonly VenueMarket[] {
  // Others count digits, of which no step follows that holds at all prices.
  const stepOf = (value: unknown): string =>
    client.precisionMode === tellsSteps ? (textOf(value) ?? "0") : "0";
  return (Object.values(client.markets ?? {}) as MarketInterface[])
    .filter((each) => (type === "spot" ? each.spot : each.swap && each.linear === true))
    .map((each) => ({
      ...{ id: each.id ?? "", symbol: each.symbol ?? "", base: each.base ?? "", quote: each.quote ?? "" },
      ...{ tick: stepOf(each.precision.price), lot: stepOf(each.precision.amount) },
      contractSize: type === "spot" ? "1" : (textOf(each.contractSize) ?? "1"),
      minimumQuantity: textOf(each.limits?.amount?.min),
      minimumNotional: textOf(each.limits?.cost?.min),
    }));
}

/** Where the venue tells no step, prices and quantities are as they come. */
export function rulesOf({
  id,
  tick,
  lot,
  contractSize,
  minimumQuantity,
  minimumNotional,
}: VenueMarket): TradingRules {
  const number = (text: string | null): number | null => (text === null ? null : Number(text));
  const step = (text: string): number | null => (Number(text) > 0 ? Number(text) : null);
  return {
    instrument: new Instrument({
      ...{ symbol: id, tick: step(tick), lot: step(lot), multiplier: Number(contractSize), moneyDecimals },
    }),
    minimumQuantity: number(minimumQuantity),
    minimumNotional: number(minimumNotional),
  };
}
