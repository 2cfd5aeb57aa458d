edition 2026

// Enters where the price turns back to a line from beyond two deviations, and leaves at the line.
strategy "Back to the line" on 15m {
  param length: bars = 50

  let line = linearreg(close, length)
  let reach = 2 * stddev(close, length)

  enter long when close < line - reach and close > close[1] { size 1  unprotected }
  enter short when close > line + reach and close < close[1] { size 1  unprotected }
  exit long when close > line
  exit short when close < line
}
