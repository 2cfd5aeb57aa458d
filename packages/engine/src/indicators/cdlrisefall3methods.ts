import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlrisefall3methods = defineCandles({
  name: "cdlrisefall3methods",
  summary: "Rising and falling three methods",
  description:
    "After a long candle, three short ones of the other colour that step back within its range, and a long " +
    "one of the first colour that closes further on. Bullish where the long ones are white.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "long[4], long, and short[3], short[2], short[1] of the other colour, their bodies reaching into the " +
    "range of [4]; white[4]: close[3] > close[2] > close[1] < open and close > close[4]; black[4]: the " +
    "mirror image",
  bars: 5,
  means: { body: [4, 3, 2, 1, 0] },
  find: (c) => {
    const isPause =
      c.isLong(4) &&
      c.isShort(3) &&
      c.isShort(2) &&
      c.isShort(1) &&
      c.isLong(0) &&
      !c.isSameColor(4, 3) &&
      c.isSameColor(3, 2) &&
      c.isSameColor(2, 1) &&
      c.isSameColor(0, 4);
    if (!isPause) return none;
    for (const ago of [3, 2, 1])
      if (c.bodyBottom(ago) >= c.high(4) || c.bodyTop(ago) <= c.low(4)) return none;
    const isRise =
      c.close(2) < c.close(3) && c.close(1) < c.close(2) && c.open(0) > c.close(1) && c.close(0) > c.close(4);
    const isFall =
      c.close(2) > c.close(3) && c.close(1) > c.close(2) && c.open(0) < c.close(1) && c.close(0) < c.close(4);
    return (c.isWhite(4) ? isRise : isFall) ? c.side(4) : none;
  },
  examples: [
    {
      candles: [
        [10, 16.2, 9.8, 16],
        [15.5, 15.8, 14.3, 14.5],
        [14.5, 14.8, 13.3, 13.5],
        [13.5, 13.8, 12.3, 12.5],
        [13, 17.2, 12.8, 17],
      ],
      values: [100],
    },
  ],
});
