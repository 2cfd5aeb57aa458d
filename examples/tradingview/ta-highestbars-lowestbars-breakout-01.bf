edition 2026

// Enters on a new extreme of twenty bars on the side of an average, and leaves at the middle of them.
strategy "New extremes" on 15m {
  param length: bars = 20

  let average = ema(close, 50)
  let middle = (highest(high, length) + lowest(low, length)) / 2

  enter long when high > highest(high, length - 1)[1] and close > average { size 1  unprotected }
  enter short when low < lowest(low, length - 1)[1] and close < average { size 1  unprotected }
  exit long when close < middle
  exit short when close > middle
}
