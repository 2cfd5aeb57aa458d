import { defineCandles } from "../candle-pattern.js";
import { bearish, bullish, none } from "../candles.js";

export const cdltristar = defineCandles({
  name: "cdltristar",
  summary: "Tristar",
  description:
    "Three doji, the second beyond the others: bearish above, bullish below. All three are measured against " +
    "what came before the first.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula:
    "doji[2], doji[1], doji; body[1] above body[2] and top < top[1] is bearish, body[1] below body[2] and " +
    "bottom > bottom[1] bullish",
  bars: 3,
  means: { range: [2] },
  find: (c) => {
    const largest = c.trifle(2);
    if (!(c.body(2) <= largest && c.body(1) <= largest && c.body(0) <= largest)) return none;
    if (c.bodyGapsUp(1, 2) && c.bodyTop(0) < c.bodyTop(1)) return bearish;
    return c.bodyGapsDown(1, 2) && c.bodyBottom(0) > c.bodyBottom(1) ? bullish : none;
  },
  examples: [
    {
      candles: [
        [10, 10.5, 9.5, 10],
        [11, 11.5, 10.5, 11],
        [10.5, 11, 10, 10.5],
      ],
      values: [-100],
    },
  ],
});
