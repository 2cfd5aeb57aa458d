edition 2026

// Turns where the price goes beyond a swing and closes back inside it.
strategy "Sweep" on 15m {
  param left: bars  = 10
  param right: bars = 5

  let top = pivothigh(high, left, right).value
  let bottom = pivotlow(low, left, right).value

  enter long when low < bottom and close > bottom { size 1  unprotected }
  enter short when high > top and close < top { size 1  unprotected }
}
