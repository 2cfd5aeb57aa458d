edition 2026

// Always in the market, with the sign of a MACD histogram.
strategy "Histogram" on 15m {
  let histogram = macd(close, 12, 26, 9).histogram

  enter long when histogram crosses above 0 { size 1  unprotected }
  enter short when histogram crosses below 0 { size 1  unprotected }
}
