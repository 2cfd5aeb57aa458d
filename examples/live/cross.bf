edition 2026

strategy "Cross" {
  param fast: bars = 3 in 2..10
  param slow: bars = 8 in 5..40
  require fast < slow

  let range = atr(10)

  enter long "up" when sma(close, fast) > sma(close, slow) {
    size   10% of equity
    stop   at close - 4 * range
    target at close + 6 * range
  }
  exit long when sma(close, fast) < sma(close, slow)
}
