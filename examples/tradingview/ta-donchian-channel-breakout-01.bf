edition 2026

// Enters on a close beyond the extremes of twenty bars, and leaves beyond the other ones of ten.
strategy "Donchian channel" on 15m {
  param entry: bars = 20 in 5..60
  param leave: bars = 10 in 3..30

  enter long when close > highest(high, entry)[1] { size 1  unprotected }
  enter short when close < lowest(low, entry)[1] { size 1  unprotected }
  exit long when close < lowest(low, leave)[1]
  exit short when close > highest(high, leave)[1]
}
