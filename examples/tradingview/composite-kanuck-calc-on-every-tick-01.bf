edition 2026

// Turns with crosses of two averages, but only on every third bar.
strategy "Every third bar" on 15m {
  param every: bars = 3

  let fast = ema(close, 8)
  let slow = ema(close, 21)
  let is_turn = mod(bar_index + 1, every) == 0

  enter long when fast crosses above slow and is_turn { size 1  unprotected }
  enter short when fast crosses below slow and is_turn { size 1  unprotected }
}
