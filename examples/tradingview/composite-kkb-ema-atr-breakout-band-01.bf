edition 2026

// Turns where the close crosses a band of average ranges round an average.
strategy "Band breakout" on 15m {
  let average = ema(close, 20)
  let reach = 1.5 * rma(trange() or else high - low, 14)

  enter long when close crosses above average + reach { size 1  unprotected }
  enter short when close crosses below average - reach { size 1  unprotected }
}
