edition 2026

// Always in the market, with crosses of two fast averages, and says so.
strategy "Said crosses" on 15m {
  let fast = ema(close, 5)
  let slow = ema(close, 13)

  enter long when fast crosses above slow { size 1  unprotected }
  enter short when fast crosses below slow { size 1  unprotected }

  alert "buy at {close}" when fast crosses above slow
  alert "sell at {close}" when fast crosses below slow
}
