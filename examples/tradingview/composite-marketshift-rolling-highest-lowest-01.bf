edition 2026

// Turns where the close comes back inside the extremes of fifty bars.
strategy "Rebound" on 15m {
  param length: bars = 50

  enter long when close crosses above lowest(low, length)[1] { size 1  unprotected }
  enter short when close crosses below highest(high, length)[1] { size 1  unprotected }
}
