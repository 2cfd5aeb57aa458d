edition 2026

// Always in the market, with crosses of two fast averages.
strategy "Fast cross" on 15m {
  let fast = ema(close, 5)
  let slow = ema(close, 13)

  enter long when fast crosses above slow { size 1  unprotected }
  enter short when fast crosses below slow { size 1  unprotected }
}
