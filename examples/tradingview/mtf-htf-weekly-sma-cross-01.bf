edition 2026

// Always in the market, on the side of the close from an average of ten weeks.
strategy "Weekly average" on 15m {
  on 1w { let average = sma(close, 10) }

  enter long when close crosses above latest(average) { size 1  unprotected }
  enter short when close crosses below latest(average) { size 1  unprotected }
}
