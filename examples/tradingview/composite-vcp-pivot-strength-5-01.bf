edition 2026

// Buys where a swing low is known, and leaves where a swing high is.
strategy "Swing to swing" on 15m {
  param strength: bars = 5

  enter long when pivotlow(low, strength, strength).age == strength { size 1  unprotected }
  exit long when pivothigh(high, strength, strength).age == strength
}
