edition 2026

// Enters in the direction of two averages at the extreme of the bar before; what rests on the other side
// is taken back, and what is held on it is left. On the first bar there is no extreme, and it sells at once.
strategy "Stops with the trend" on 15m {
  let fast = ema(close, 8)
  let slow = ema(close, 21)
  let is_rising = fast > slow or else false

  enter long "up" at stop high[1] or else high when is_rising { size 1  unprotected }
  enter short "down" at stop low[1] or else 2 * high when not is_rising { size 1  unprotected }
  cancel "up" when not is_rising
  cancel "down" when is_rising
  exit long when fast < slow or else false
  exit short when fast > slow or else false
}
