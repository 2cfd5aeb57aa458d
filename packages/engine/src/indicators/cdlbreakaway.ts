import { defineCandles } from "../candle-pattern.js";
import { none } from "../candles.js";

export const cdlbreakaway = defineCandles({
  name: "cdlbreakaway",
  summary: "Breakaway",
  description:
    "After a long candle, one of the same colour beyond a gap and two more steps the same way, the last of " +
    "that colour; then one of the other colour that closes within the gap. Bullish where the last is white.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "long[4]; colour[4] = colour[3] = colour[1] ≠ colour; black[4]: body[3] below body[4], high[1] < high[2] " +
    "< high[3], low[1] < low[2] < low[3], open[3] < close < close[4]; white[4]: the mirror image",
  bars: 5,
  means: { body: [4] },
  find: (c) => {
    const isMove = c.isLong(4) && c.isSameColor(4, 3) && c.isSameColor(3, 1);
    if (!isMove || c.isSameColor(0, 1)) return none;
    const isFall =
      c.bodyGapsDown(3, 4) &&
      c.high(2) < c.high(3) &&
      c.low(2) < c.low(3) &&
      c.high(1) < c.high(2) &&
      c.low(1) < c.low(2);
    const isRise =
      c.bodyGapsUp(3, 4) &&
      c.high(2) > c.high(3) &&
      c.low(2) > c.low(3) &&
      c.high(1) > c.high(2) &&
      c.low(1) > c.low(2);
    const breaksAway = c.isBlack(4)
      ? isFall && c.close(0) > c.open(3) && c.close(0) < c.close(4)
      : isRise && c.close(0) < c.open(3) && c.close(0) > c.close(4);
    return breaksAway ? c.side(0) : none;
  },
  examples: [
    {
      candles: [
        [20, 20.2, 14.8, 15],
        [14, 14.5, 12.5, 13],
        [13, 13.5, 11.5, 12],
        [12, 12.5, 10.5, 11],
        [11, 14.7, 10.9, 14.5],
      ],
      values: [100],
    },
    {
      candles: [
        [10, 15.2, 9.8, 15],
        [16, 17.5, 15.5, 17],
        [17, 18.5, 16.5, 18],
        [18, 19.5, 17.5, 19],
        [19, 19.1, 15.3, 15.5],
      ],
      values: [-100],
    },
  ],
});
