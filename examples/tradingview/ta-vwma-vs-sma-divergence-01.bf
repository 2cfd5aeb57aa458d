edition 2026

// Always in the market, on the side to which volume pulls the average.
strategy "Pull of volume" on 15m {
  param length: bars = 20

  let pull = vwma(close, length) - sma(close, length)

  enter long when pull crosses above 0 { size 1  unprotected }
  enter short when pull crosses below 0 { size 1  unprotected }
}
