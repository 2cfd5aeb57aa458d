edition 2026

strategy "Turtle" on 1d {
  param entry: bars = 20 in 10..60 step 5
  param leave: bars = 10 in 5..30 step 5
  require leave < entry

  costs { commission 0.05%  slippage 0.01% }

  // The channels of the days before: today's own high must not raise the bar it has to clear.
  let upper = highest(high, entry)[1]
  let lower = lowest(low, entry)[1]
  let n = atr(20)

  enter long "breakout up" when close > upper {
    size risk(1%) capped 100% of equity
    stop at close - 2 * n
  }
  enter short "breakout down" when close < lower {
    size risk(1%) capped 100% of equity
    stop at close + 2 * n
  }
  exit long when close < lowest(low, leave)[1]
  exit short when close > highest(high, leave)[1]
}
