edition 2026

strategy "Bollinger breakout" on 1d {
  param span: bars   = 20  in 10..60 step 5
  param width: number = 2  in 1..3 step 0.5
  param reward: number = 3 in 1..6 step 1

  costs { commission 0.05%  slippage 0.01% }

  let upper = bbands(close, span, width, width).upper
  let middle = bbands(close, span, width, width).middle
  let range = atr(14)

  enter long "breakout" when close crosses above upper {
    size   risk(1%) capped 100% of equity
    stop   at close - 2 * range
    target at close + reward * range
  }
  exit long "back to the mean" when close < middle
}
