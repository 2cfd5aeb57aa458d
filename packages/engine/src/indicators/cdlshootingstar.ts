import { defineCandles } from "../candle-pattern.js";
import { bearish, none } from "../candles.js";

export const cdlshootingstar = defineCandles({
  name: "cdlshootingstar",
  summary: "Shooting star",
  description:
    "Bearish. A short body with an upper shadow longer than it and hardly a lower one, above the body of the " +
    "candle before.",
  source: "Nison, Japanese Candlestick Charting Techniques (1991)",
  formula: "short and upper shadow > body and no lower shadow and body above body[1]",
  bars: 2,
  means: { body: [0], range: [0] },
  find: (c) =>
    c.isShort(0) && c.upperShadow(0) > c.body(0) && c.hasShavenBottom(0) && c.bodyGapsUp(0, 1)
      ? bearish
      : none,
  examples: [{ candles: [[12.5, 15.5, 12.4, 13]], values: [-100] }],
});
