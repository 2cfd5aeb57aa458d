edition 2026

// Enters where the commodity channel index comes back from a hundred on either side, and leaves
// at zero, where only the bars count on which the position was held.
strategy "Channel index" on 15m {
  let index = (close - sma(close, 20)) / (0.015 * avgdev(close, 20))

  enter long when index crosses above -100 { size 1  unprotected }
  enter short when index crosses below 100 { size 1  unprotected }
  exit long when index < 0 and valuewhen(position_size > 0, index, 1) >= 0
  exit short when index > 0 and valuewhen(position_size < 0, index, 1) <= 0
}
