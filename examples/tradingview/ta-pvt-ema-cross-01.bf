edition 2026

// Always in the market, with crosses of the price-volume trend and its average.
strategy "Price and volume" on 15m {
  let trend = pvt()
  let signal = ema(if bar_index > 0 then trend else none, 21)

  enter long when trend crosses above signal { size 1  unprotected }
  enter short when trend crosses below signal { size 1  unprotected }
}
