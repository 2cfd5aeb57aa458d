/*
 * What candles are made of, and what makes one long or short, in the default candle settings of TA-Lib 0.6:
 *
 *   body     10 bars  BodyLong and BodyShort (above and below), in bodies
 *   range    10 bars  BodyDoji and ShadowVeryShort, a tenth of it
 *   shadows  10 bars  ShadowShort, half of it: two shadows are counted
 *   tight     5 bars  Near, Far and Equal: 20%, 60% and 5% of the range
 *
 * The mean is of the bars before the candle that is measured. Shadows are long against the candle's own body.
 */

export const bullish = 100;
export const bearish = -100;
export const none = 0;

/** What a pattern says that only just is one, because two prices in it are the same. */
export const weaker = (value: number): number => 0.8 * value;

export type MeanName = "body" | "range" | "shadows" | "tight";

export interface Mean {
  readonly of: "body" | "range" | "shadows";
  readonly length: number;
  /** Where its totals begin among those of all means: one for each candle of the longest pattern. */
  readonly slot: number;
  readonly meaning: string;
}

const longestPattern = 5;

export const means: Readonly<Record<MeanName, Mean>> = {
  body: {
    of: "body",
    length: 10,
    slot: 0,
    meaning:
      "A body is long above the mean body (open to close) of the ten bars before it, and short below that.",
  },
  range: {
    of: "range",
    length: 10,
    slot: longestPattern,
    meaning:
      "The measure of a doji (a body of at most that) and of no shadow to speak of (below it) is a tenth of the mean " +
      "range of the ten bars before.",
  },
  shadows: {
    of: "shadows",
    length: 10,
    slot: 2 * longestPattern,
    meaning: "A shadow is short below the mean shadow of the ten bars before.",
  },
  tight: {
    of: "range",
    length: 5,
    slot: 3 * longestPattern,
    meaning:
      "Near, far and equal are measured by the mean range of the five bars before: 20%, 60% and 5% of it.",
  },
};

export const startTotals = (): Float64Array => new Float64Array(4 * longestPattern);

const empty: Float64Array = new Float64Array(0);

/**
 * The candles of a pattern as seen from its last bar: `open(2)` is the open two bars ago. A white candle closes at its
 * open or above it, a black one below.
 */
export class Candles {
  at = 0;
  private opens = empty;
  private highs = empty;
  private lows = empty;
  private closes = empty;
  private totals = empty;

  look(columns: readonly Float64Array[], totals: Float64Array): void {
    [this.opens, this.highs, this.lows, this.closes] = columns;
    this.totals = totals;
  }

  open(ago: number): number {
    return this.opens[this.at - ago];
  }

  high(ago: number): number {
    return this.highs[this.at - ago];
  }

  low(ago: number): number {
    return this.lows[this.at - ago];
  }

  close(ago: number): number {
    return this.closes[this.at - ago];
  }

  isMissing(): boolean {
    const sum = this.open(0) + this.high(0) + this.low(0) + this.close(0);
    return sum !== sum;
  }

  isWhite(ago: number): boolean {
    return this.close(ago) >= this.open(ago);
  }

  isBlack(ago: number): boolean {
    return this.close(ago) < this.open(ago);
  }

  isSameColor(ago: number, other: number): boolean {
    return this.isWhite(ago) === this.isWhite(other);
  }

  /** Bullish for a white candle, bearish for a black one. */
  side(ago: number): number {
    return this.isWhite(ago) ? bullish : bearish;
  }

  body(ago: number): number {
    return Math.abs(this.close(ago) - this.open(ago));
  }

  bodyTop(ago: number): number {
    return Math.max(this.open(ago), this.close(ago));
  }

  bodyBottom(ago: number): number {
    return Math.min(this.open(ago), this.close(ago));
  }

  upperShadow(ago: number): number {
    return this.high(ago) - (this.isWhite(ago) ? this.close(ago) : this.open(ago));
  }

  lowerShadow(ago: number): number {
    return (this.isWhite(ago) ? this.open(ago) : this.close(ago)) - this.low(ago);
  }

  /** The size of which a mean is taken. */
  sizeOf({ of }: Mean, ago: number): number {
    if (of === "body") return this.body(ago);
    return of === "range" ? this.high(ago) - this.low(ago) : this.upperShadow(ago) + this.lowerShadow(ago);
  }

  isLong(ago: number): boolean {
    return this.body(ago) > this.mean(means.body, ago);
  }

  isShort(ago: number): boolean {
    return this.body(ago) < this.mean(means.body, ago);
  }

  isDoji(ago: number): boolean {
    return this.body(ago) <= this.trifle(ago);
  }

  /** No upper shadow to speak of. */
  hasShavenHead(ago: number): boolean {
    return this.upperShadow(ago) < this.trifle(ago);
  }

  /** An upper shadow to speak of. */
  hasHead(ago: number): boolean {
    return this.upperShadow(ago) > this.trifle(ago);
  }

  /** No lower shadow to speak of. */
  hasShavenBottom(ago: number): boolean {
    return this.lowerShadow(ago) < this.trifle(ago);
  }

  /** A lower shadow to speak of. */
  hasBottom(ago: number): boolean {
    return this.lowerShadow(ago) > this.trifle(ago);
  }

  /** The largest body of a doji; a shadow is to speak of above it. */
  trifle(ago: number): number {
    return 0.1 * this.mean(means.range, ago);
  }

  /** A shadow is short below it. */
  shortShadow(ago: number): number {
    return this.mean(means.shadows, ago) / 2;
  }

  near(ago: number): number {
    return 0.2 * this.mean(means.tight, ago);
  }

  far(ago: number): number {
    return 0.6 * this.mean(means.tight, ago);
  }

  /** How far from a price of the candle another still counts as equal. */
  equal(ago: number): number {
    return 0.05 * this.mean(means.tight, ago);
  }

  /** Whether a price equals one of a candle. */
  isEqual(price: number, expected: number, ago: number): boolean {
    const tolerance = this.equal(ago);
    return price <= expected + tolerance && price >= expected - tolerance;
  }

  /** Whether a candle opens within the body of another or near it. */
  opensNear(ago: number, other: number): boolean {
    const near = this.near(other);
    return this.open(ago) >= this.bodyBottom(other) - near && this.open(ago) <= this.bodyTop(other) + near;
  }

  /** Whether a body lies within another and touches none of its ends. */
  isWithin(ago: number, other: number): boolean {
    return this.bodyTop(ago) < this.bodyTop(other) && this.bodyBottom(ago) > this.bodyBottom(other);
  }

  /** Whether a body lies within another; it may touch its ends. */
  isCovered(ago: number, other: number): boolean {
    return this.bodyTop(ago) <= this.bodyTop(other) && this.bodyBottom(ago) >= this.bodyBottom(other);
  }

  /** Whether a body lies wholly above that of an earlier candle. */
  bodyGapsUp(ago: number, earlier: number): boolean {
    return this.bodyBottom(ago) > this.bodyTop(earlier);
  }

  bodyGapsDown(ago: number, earlier: number): boolean {
    return this.bodyTop(ago) < this.bodyBottom(earlier);
  }

  /** Whether a candle with its shadows lies wholly above an earlier one. */
  gapsUp(ago: number, earlier: number): boolean {
    return this.low(ago) > this.high(earlier);
  }

  gapsDown(ago: number, earlier: number): boolean {
    return this.high(ago) < this.low(earlier);
  }

  private mean({ slot, length }: Mean, ago: number): number {
    return this.totals[slot + ago] / length;
  }
}
