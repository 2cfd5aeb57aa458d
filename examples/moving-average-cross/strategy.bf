edition 2026

strategy "Moving-average cross" on 1d {
  param fast: bars = 20 in 5..60 step 5
  param slow: bars = 60 in 20..200 step 10
  require fast < slow

  costs { commission 0.05%  slippage 0.01% }

  let quick = sma(close, fast)
  let calm  = sma(close, slow)

  enter long "cross" when quick crosses above calm {
    size 95% of equity
    stop at close - 4 * atr(20)
  }
  exit long "cross back" when quick crosses below calm
}
