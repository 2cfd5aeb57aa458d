import { defineCandles, penetration } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlmathold = defineCandles({
  name: "cdlmathold",
  summary: "Mat hold",
  description:
    "Bullish. After a long white candle, three short bodies: a black one beyond a gap and two ever lower " +
    "ones that stay within the upper part of the long body; then a white candle that closes above the highs " +
    "of the three.",
  source: "Morris, Candlestick Charting Explained (1992)",
  formula:
    "long white[4], short black[3] above its body, short[2] and short[1] whose bodies reach below close[4] " +
    "but not penetration × body[4] below it; top[1] < top[2] < open[3]; white; open > close[1]; close > the " +
    "highs of the three",
  bars: 5,
  means: { body: [4, 3, 2, 1] },
  parameters: [penetration(0.5)],
  find: (c, share) => {
    const isPause =
      c.isLong(4) &&
      c.isShort(3) &&
      c.isShort(2) &&
      c.isShort(1) &&
      c.isWhite(4) &&
      c.isBlack(3) &&
      c.isWhite(0) &&
      c.bodyGapsUp(3, 4);
    if (!isPause) return none;
    const floor = c.close(4) - c.body(4) * share;
    const isHeld =
      c.bodyBottom(2) < c.close(4) &&
      c.bodyBottom(1) < c.close(4) &&
      c.bodyBottom(2) > floor &&
      c.bodyBottom(1) > floor;
    const isFalling = c.bodyTop(2) < c.open(3) && c.bodyTop(1) < c.bodyTop(2);
    const goesOn = c.open(0) > c.close(1) && c.close(0) > Math.max(c.high(3), c.high(2), c.high(1));
    return isHeld && isFalling && goesOn ? bullish : none;
  },
  examples: [
    {
      candles: [
        [10, 16.2, 9.8, 16],
        [18, 18.3, 16.8, 17],
        [16.5, 16.8, 15.2, 15.5],
        [16, 16.2, 14.8, 15],
        [15.5, 19.2, 15.3, 19],
      ],
      values: [100],
    },
  ],
});
