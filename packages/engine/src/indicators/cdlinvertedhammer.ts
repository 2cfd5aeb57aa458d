import { defineCandles } from "../candle-pattern.js";
import { bullish, none } from "../candles.js";

export const cdlinvertedhammer = defineCandles({
  name: "cdlinvertedhammer",
  summary: "Inverted hammer",
  description:
    "Bullish. A short body with an upper shadow longer than it and hardly a lower one, below the body of the " +
    "candle before.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "short and upper shadow > body and no lower shadow and body below body[1]",
  bars: 2,
  means: { body: [0], range: [0] },
  find: (c) =>
    c.isShort(0) && c.upperShadow(0) > c.body(0) && c.hasShavenBottom(0) && c.bodyGapsDown(0, 1)
      ? bullish
      : none,
  examples: [{ candles: [[8.5, 11.5, 8.4, 9]], values: [100] }],
});
