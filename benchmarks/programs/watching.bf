edition 2026

// W7 of the benchmarks: what a session keeps of bars on which nothing is traded.
strategy "Watching" {
  enter long when sma(close, 10) crosses above sma(close, 30) and close < 0 { size 100% of equity unprotected }
  exit long when sma(close, 10) crosses below sma(close, 30)
}
