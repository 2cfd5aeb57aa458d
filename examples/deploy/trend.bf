edition 2026

strategy "Trend" on 15m {
  param fast: bars = 20 in 5..50
  param slow: bars = 80 in 20..200
  require fast < slow

  costs { commission 0.05% }

  let quick = ema(close, fast)
  let calm = ema(close, slow)
  let range = atr(20)

  enter long "up" when quick crosses above calm {
    size 20% of equity
    stop at close - 3 * range
  }
  exit long when quick crosses below calm
}
