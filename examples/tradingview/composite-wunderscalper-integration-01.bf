edition 2026

// Leaves and turns with crosses of two fast averages.
strategy "Leave and enter" on 15m {
  let fast = ema(close, 5)
  let slow = ema(close, 13)

  enter long when fast crosses above slow { size 1  unprotected }
  enter short when fast crosses below slow { size 1  unprotected }

  exit short when fast crosses above slow
  exit long when fast crosses below slow
}
