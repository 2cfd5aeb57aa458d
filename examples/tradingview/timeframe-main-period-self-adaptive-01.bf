edition 2026

// Always in the market, turning with crosses of two averages of bars of a quarter of an hour.
strategy "Quarter hours" on 15m {
  let fast = sma(close, 10)
  let slow = sma(close, 30)

  enter long when fast crosses above slow { size 1  unprotected }
  enter short when fast crosses below slow { size 1  unprotected }
}
