edition 2026

// Always in the market, with crosses of the centre of gravity and its average.
strategy "Centre of gravity" on 15m {
  let centre = cog(close, 10)
  let signal = ema(centre, 5)

  enter long when centre crosses above signal { size 1  unprotected }
  enter short when centre crosses below signal { size 1  unprotected }
}
