edition 2026

// Turns where a close crosses the last swing high or low, and leaves beyond the other one.
strategy "Swing levels" on 15m {
  param strength: bars = 5

  let resistance = pivothigh(high, strength, strength).value
  let support = pivotlow(low, strength, strength).value

  enter long when close > resistance and close[1] <= resistance { size 1  unprotected }
  enter short when close < support and close[1] >= support { size 1  unprotected }
  exit long when close < support
  exit short when close > resistance
}
