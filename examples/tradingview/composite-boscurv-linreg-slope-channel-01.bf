edition 2026

// Turns where the close crosses a channel that runs ahead along the slope of its line.
strategy "Curved channel" on 15m {
  param length: bars  = 50
  param width: number = 2
  param ahead: number = 5

  let line = linearreg(close, length)
  let middle = line + ahead * linearreg_slope(close, length)
  let reach = width * rma(trange() or else high - low, 14)

  enter long when close crosses above middle + reach { size 1  unprotected }
  enter short when close crosses below middle - reach { size 1  unprotected }
}
