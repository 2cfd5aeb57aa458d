edition 2026

// Always in the market, with crosses of the true strength and its average.
strategy "True strength" on 15m {
  let strength = tsi(close, 25, 13)
  let signal = ema(strength, 13)

  enter long when strength crosses above signal { size 1  unprotected }
  enter short when strength crosses below signal { size 1  unprotected }
}
