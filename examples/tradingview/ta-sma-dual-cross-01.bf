edition 2026

// Always in the market, with crosses of two averages.
strategy "Two averages" on 15m {
  param fast: bars = 9
  param slow: bars = 21

  let quick = sma(close, fast)
  let steady = sma(close, slow)

  enter long when quick crosses above steady { size 1  unprotected }
  enter short when quick crosses below steady { size 1  unprotected }
}
