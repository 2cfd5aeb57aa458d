edition 2026

strategy "Breakout" on 15m {
  param span: bars = 20 in 10..120 step 10

  costs { commission 0.01%  slippage 0.01% }

  let upper = highest(high, span)[1]
  let lower = lowest(low, span)[1]
  let range = atr(20)

  enter long "up" when close > upper {
    size   risk(0.5%) capped 100% of equity
    stop   at close - 3 * range
    target at close + 6 * range
  }
  enter short "down" when close < lower {
    size   risk(0.5%) capped 100% of equity
    stop   at close + 3 * range
    target at close - 6 * range
  }
}
