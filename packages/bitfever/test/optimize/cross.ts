import { fileURLToPath } from "node:url";
import { readBars } from "../../src/index.js";

/* A program with a small space, and bars to search it on. */

const root = fileURLToPath(new URL("../../../..", import.meta.url));

export const bars = await readBars(`${root}examples/data/SYNTHETIC-1d.csv`);

export const cross = `strategy "Cross" {
  enum Average { sma, ema }
  param fast: bars = 10 in 5..20 step 5
  param slow: bars = 40 in 20..60 step 20
  param kind: Average = Average.ema
  require fast < slow
  enter long when kind == Average.ema and sma(close, fast) crosses above sma(close, slow) { size 50% of equity stop at close * 0.9 }
  exit long when sma(close, fast) crosses below sma(close, slow)
}`;
