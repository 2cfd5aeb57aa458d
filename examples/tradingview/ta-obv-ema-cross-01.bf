edition 2026

// Always in the market, with crosses of the balance of volume and its average.
strategy "Balance of volume" on 15m {
  let balance = obv()
  let signal = ema(balance, 21)

  enter long when balance crosses above signal { size 1  unprotected }
  enter short when balance crosses below signal { size 1  unprotected }
}
