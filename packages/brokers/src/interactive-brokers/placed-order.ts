import type { OrderTypeName, VenueOrder } from "@bitfever/runtime";
import type { Order, OrderAction, OrderType } from "@stoqey/ib";
import { Decimal } from "decimal.js";
import { onStep, type TradedContract } from "./traded-contract.js";
import { word } from "./tws-words.js";

interface PlacedKind {
  readonly name: `${OrderType}`;
  /** The trigger it waits for lies on the side of a loss, or of a profit. */
  readonly waits?: "stop" | "touch";
}

/** What the venue calls the types that it has; the trailing stop of the venue starts at once, and by its own price. */
const kinds: Partial<Record<OrderTypeName, PlacedKind>> = {
  market: { name: "MKT" },
  limit: { name: "LMT" },
  stop: { name: "STP", waits: "stop" },
  stop_limit: { name: "STP LMT", waits: "stop" },
  market_if_touched: { name: "MIT", waits: "touch" },
  limit_if_touched: { name: "LIT", waits: "touch" },
};

export const orderTypesOfTws = Object.keys(kinds) as readonly OrderTypeName[];

/** Why the venue does not get an order at all; null where it does. */
export function whyNot({ order }: VenueOrder): string | null {
  const name = "interactive brokers";
  if (!orderTypesOfTws.includes(order.type)) return `${name} has no ${order.type} orders`;
  if (order.children.length > 0) return `${name} holds no stops and targets with an entry`;
  if (order.isPostOnly === true) return `${name} has no orders that never take`;
  return order.quantity > 0 ? null : "an order of nothing";
}

export interface PlacedTerms {
  readonly account: string;
  /** Whether it may trade, and be triggered, before and after the regular session. */
  readonly outsideRegularHours: boolean;
}

/** An order as the venue gets it: decimals as texts, on the steps that the venue has at that price. */
export function placedOrder(
  { clientId, order }: VenueOrder,
  traded: TradedContract,
  { account, outsideRegularHours }: PlacedTerms,
): Order {
  const { instrument } = traded;
  const { type, side, duration } = order;
  const { name, waits } = kinds[type] as PlacedKind;
  const isBuy = side === "buy";
  const price = (steps: number | null | undefined, isStop: boolean): string | undefined =>
    steps === null || steps === undefined
      ? undefined
      : onStep(
          traded,
          new Decimal(instrument.priceDecimal(steps)),
          isBuy === isStop ? "up" : "down",
        ).toFixed();
  const tif =
    duration?.kind === "ioc" ? "IOC" : duration?.kind === "fok" ? "FOK" : type === "market" ? "DAY" : "GTC";
  return {
    action: word<OrderAction>(isBuy ? "BUY" : "SELL"),
    orderType: word<OrderType>(name),
    totalQuantity: asNumber(new Decimal(instrument.quantityDecimal(order.quantity)).toFixed()),
    lmtPrice: asNumber(type === "limit" ? price(order.price, false) : price(order.limit, false)),
    auxPrice: asNumber(waits === undefined ? undefined : price(order.price, waits === "stop")),
    tif,
    orderRef: clientId,
    transmit: true,
    ...{ account, outsideRth: outsideRegularHours },
  };
}

/** The library sends texts as they are; its types say numbers. */
const asNumber = (text: string | undefined): number => text as unknown as number;
