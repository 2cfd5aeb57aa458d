import type { Fill, Instrument } from "@bitfever/engine";

/** A fill with what decided it: decimals, times in milliseconds UTC. */
export interface ToldFill {
  /** Of which instrument, where there is more than one. */
  readonly symbol?: string;
  readonly orderId: string;
  readonly side: Fill["side"];
  readonly effect: Fill["effect"];
  readonly reason: Fill["reason"];
  readonly tag: string;
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  readonly commission: number;
  /** What money of the price was worth in that of the account; null where they are the same. */
  readonly rate: number | null;
  readonly ambiguous: boolean;
  readonly isAtClose: boolean;
  readonly isAtEnd: boolean;
  readonly why: ToldReason | null;
}

/** What decided a fill: the order, the part of the path inside the bar, and the prices that were compared. */
export interface ToldReason {
  readonly type: NonNullable<Fill["why"]>["type"];
  /** The part of the path inside the bar on which the price came to the order; alike, it was a single print. */
  readonly from: number;
  readonly to: number;
  /** The price that the order waited for; null where it waited for none. */
  readonly level: number | null;
  /** The price before slippage. */
  readonly quoted: number;
  readonly isMaker: boolean;
  /** Bars that it had waited, this one not counted. */
  readonly waited: number;
}

/** A fill of a venue, in decimals. */
export function toldFill(instrument: Instrument, fill: Fill): ToldFill {
  const { orderId, side, effect, reason, tag, time, ambiguous, why, rate } = fill;
  const price = (steps: number): number => instrument.priceDecimal(steps);
  return {
    ...{ orderId, side, effect, reason, tag, time, ambiguous },
    price: price(fill.price),
    quantity: instrument.quantityDecimal(fill.quantity),
    commission: instrument.moneyDecimal(fill.commission),
    rate: rate === undefined ? null : rate.numerator / rate.denominator,
    isAtClose: fill.isAtClose === true,
    isAtEnd: fill.isAtEnd === true,
    why:
      why === undefined
        ? null
        : {
            type: why.type,
            from: price(why.from),
            to: price(why.to),
            level: why.level === null ? null : price(why.level),
            quoted: price(why.quoted),
            isMaker: why.isMaker,
            waited: why.waited,
          },
  };
}
