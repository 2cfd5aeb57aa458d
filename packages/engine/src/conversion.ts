import { BitFeverError } from "@bitfever/lang";
import { closeTimeOf, openTimeOf } from "./close-time.js";
import { ratioOf, type Fraction } from "./fraction.js";
import type { Leg, Quotes } from "./rates.js";
import { isoTime } from "./time.js";
import type { Timing } from "./trading-calendar.js";

/**
 * What money of an instrument is worth in that of the account, at any instant: at the last rates that were closed by
 * then. It knows when the bars of the instrument open and close, and remembers nothing but where it last looked.
 */
export class Conversion {
  /** When a bar of the instrument opens and is over, by its stamp. */
  readonly openOf: (time: number) => number;
  readonly closeOf: (time: number) => number;
  private readonly places: number[];
  private rate: Fraction | null = null;

  /** @param timing  of the bars of the instrument */
  constructor(
    private readonly legs: readonly Leg[],
    timing: Timing,
  ) {
    this.openOf = openTimeOf(timing);
    this.closeOf = closeTimeOf(timing);
    this.places = legs.map(() => -1);
  }

  /** @throws BitFeverError BF5093 before the first rate, and long after the last */
  at(instant: number): Fraction {
    let hasMoved = this.rate === null;
    for (const [i, { quotes }] of this.legs.entries()) {
      const place = placeOf(quotes, instant, this.places[i]);
      if (place === this.places[i]) continue;
      this.places[i] = place;
      hasMoved = true;
    }
    return hasMoved ? (this.rate = this.rateNow()) : (this.rate as Fraction);
  }

  private rateNow(): Fraction {
    const values = this.legs.map(({ quotes, isInverse }, i) => ({
      isInverse,
      value: quotes.close[this.places[i]],
    }));
    const pick = (inverse: boolean): number[] =>
      values.flatMap(({ isInverse, value }) => (isInverse === inverse ? [value] : []));
    const rate = ratioOf(pick(false), pick(true));
    if (rate !== null) return rate;
    throw new BitFeverError(
      "BF5093",
      `a rate of ${this.legs.map(({ quotes }) => quotes.symbol).join(" and ")} is too small to be counted`,
    );
  }
}

/** The last rate that was closed by an instant, searched from where one looked before. */
function placeOf({ closedAt, symbol, holdsMs }: Quotes, instant: number, from: number): number {
  let place = Math.max(from, 0);
  while (place + 1 < closedAt.length && closedAt[place + 1] <= instant) place++;
  while (place >= 0 && !(closedAt[place] <= instant)) place--;
  if (place < 0)
    throw new BitFeverError(
      "BF5093",
      `there is no rate of ${symbol} yet at ${isoTime(instant)}: the first is known from ${isoTime(closedAt[0])} on`,
      {
        hint: "give rates that begin earlier, or bars that begin later",
      },
    );
  if (instant - closedAt[place] > holdsMs)
    throw new BitFeverError(
      "BF5093",
      `the last rate of ${symbol} before ${isoTime(instant)} is of ${isoTime(closedAt[place])}`,
      {
        hint: "give rates over the whole time of the bars",
      },
    );
  return place;
}
