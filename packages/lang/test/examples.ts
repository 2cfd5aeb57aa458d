/** Whole strategies, for tests that take programs apart. */
export const examples: readonly string[] = [
  `edition 2026

strategy "Channel breakout" on 15m {
  param slow: bars = 55 in 20..120 step 5
  param fast: bars = 20 in 5..60 step 5
  param stake: ratio = 0.5% in 0.1%..2% log
  param both: bool = true in { true, false }
  require fast < slow

  costs { commission 0.05% slippage 1 tick }

  let upper = sma(high, slow)[1]
  let lower = sma(low, fast)[1]
  let range = atr(20)

  enter long "breakout" when close crosses above upper {
    size risk(stake) capped 20% of equity
    stop at close - 2 * range
    target at close + 6 * range
  }
  enter short "breakdown" when both and close crosses below lower {
    size 10% of equity
    stop at close + 2 * range
  }
  exit long "below" when low < lower or position_bars > 40
  exit short when high > upper
}
`,
  `// Buys weakness, sells strength.
strategy "Reversal" {
  param length: int = 14 in 5..30
  param low_level: number = 30 in { 20, 25, 30 }
  let strength = rsi(close, length)
  let band = bbands(hlc3, 20 bars, down: 2.5).lower
  let quiet = not (bbands(close, 20).upper - bbands(close, 20).lower > 5% * close)
  enter long when strength < low_level and quiet and barssince(close crosses above open) <= 3 {
    size if volume > 1_000 then 2 else 1
    unprotected
  }
  exit when strength > 70 or -close[1] > -open
}
`,
  `strategy "Cross" on 1d { enter long when ema(close, 10) > ema(close, 30) { stop at low * 0.95 } exit when ema(close, 10) < ema(close, 30) }`,
];
