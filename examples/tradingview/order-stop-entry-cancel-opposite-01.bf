edition 2026

// Enters in the direction of two averages at the extreme of the bar before; what rests on the other side
// is taken back, and what is held on it is left.
strategy "Stops with the trend" on 15m {
  let fast = ema(close, 8)
  let slow = ema(close, 21)

  enter long "up" at stop high[1] when fast > slow { size 1  unprotected }
  enter short "down" at stop low[1] when fast <= slow { size 1  unprotected }
  cancel "up" when fast <= slow
  cancel "down" when fast > slow
  exit long when fast < slow
  exit short when fast > slow
}
