import { byHand, type Instrument } from "@bitfever/runtime";
import type { SizedOrder } from "./sizing.js";

const short = (value: number): string => String(Number(value.toPrecision(10)));
const money = (value: number): string => value.toFixed(2);
const percent = (share: number): string => `${Number((share * 100).toPrecision(6))}%`;

/** An order in full, as it would be sent: what somebody reads before they say that it is meant. */
export function orderText(sized: SizedOrder, instrument: Instrument, currency: string | null): string {
  const { order, quantity, reference, worth, closes, stop, target } = sized;
  const { side, symbol, purpose, strategy, type, price, limit, duration, isPostOnly } = order;
  const at = (steps: number): string => short(instrument.priceDecimal(steps));
  const where =
    price === null
      ? `at the market, now about ${short(reference)}`
      : `at a ${type.replaceAll("_", " ")} of ${at(price)}${limit === undefined ? "" : ` with the limit ${at(limit)}`}`;
  const isEntry = purpose === "enter";
  const whole = isEntry ? quantity + closes : quantity;
  const lines = [
    `${side} ${short(whole)} ${symbol} ${where}, worth ${money((worth / quantity) * whole)}${currency === null ? "" : ` ${currency}`}`,
    isEntry
      ? `opens ${short(quantity)} ${side === "buy" ? "long" : "short"}, booked ${strategy}${closes > 0 ? `, after closing ${short(closes)} that is held` : ""}`
      : `closes ${short(quantity)} held ${strategy === byHand ? byHand : `by ${strategy}`}, and opens nothing`,
  ];
  if (stop !== null)
    lines.push(protectionLine(order.trail === undefined ? "stop" : "trailing stop", stop, sized));
  if (target !== null) lines.push(protectionLine("target", target, sized));
  const how = [
    ...(duration === undefined ? [] : [`good: ${duration.kind}`]),
    ...(isPostOnly === true ? ["for makers alone"] : []),
  ];
  if (how.length > 0) lines.push(how.join(", "));
  return lines.join("\n");
}

function protectionLine(name: string, price: number, { order, reference }: SizedOrder): string {
  const level = name === "target" ? order.target : order.stop;
  const isFixed = level !== undefined && "price" in level;
  const away = percent(Math.abs(price - reference) / reference);
  const follows =
    name === "trailing stop" && order.trail !== undefined
      ? `, follows the best price by ${percent(order.trail)} at each close`
      : "";
  return isFixed
    ? `${name} at ${short(price)}${follows}`
    : `${name} ${away} from the fill, about ${short(price)}${follows}`;
}
