edition 2026

// Turns beyond the last swing high and low.
strategy "Swing breaks" on 15m {
  param strength: bars = 4

  enter long when close > pivothigh(high, strength, strength).value { size 1  unprotected }
  enter short when close < pivotlow(low, strength, strength).value { size 1  unprotected }
}
