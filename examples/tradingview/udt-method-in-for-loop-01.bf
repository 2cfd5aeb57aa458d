edition 2026

// Buys a cross of the close and an average while the mean of five closes is above it.
strategy "Mean of five" on 15m {
  let slow = ema(close, 21)
  let recent = mean(for k in 0..4: close[k])

  // Only the bars count on which the mean was above.
  let is_above = recent > slow
  let before = valuewhen(is_above, close - slow, 1)

  enter long when is_above and close > slow and before <= 0 { size 1  unprotected }
  exit long when close crosses below slow and position_size > 0
}
