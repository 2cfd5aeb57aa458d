edition 2026

// Always in the market, with the sign of the rank correlation of price and time.
strategy "Rank correlation" on 15m {
  let order = rci(close, 14)

  enter long when order crosses above 0 { size 1  unprotected }
  enter short when order crosses below 0 { size 1  unprotected }
}
