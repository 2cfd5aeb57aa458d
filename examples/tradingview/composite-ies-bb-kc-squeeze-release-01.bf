edition 2026

// Buys when bands come out of the channel they were squeezed into, and leaves below its middle.
strategy "Released" on 15m {
  param length: bars = 20

  let middle = sma(close, length)
  let band = 2 * stddev(close, length)
  let average = ema(close, length)
  let reach = 1.5 * rma(trange() or else high - low, length)
  let is_inside = middle - band > average - reach and middle + band < average + reach

  enter long when is_inside[1] and not is_inside { size 1  unprotected }
  exit long when close crosses below average
}
