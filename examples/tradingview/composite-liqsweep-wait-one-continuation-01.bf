edition 2026

// After a sweep beyond a swing, enters against it a bar later if that bar goes the same way.
strategy "Sweep and wait" on 15m {
  param strength: bars = 5

  let top = pivothigh(high, strength, strength).value
  let bottom = pivotlow(low, strength, strength).value
  let swept_low = low < bottom and close > bottom or else false
  let swept_high = high > top and close < top or else false

  enter long when swept_low[1] and not swept_low and close > open { size 1  unprotected }
  enter short when swept_high[1] and not swept_high and close < open { size 1  unprotected }
}
