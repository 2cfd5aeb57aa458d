edition 2026

// W1 and W3 of the benchmarks.
strategy "Moving-average cross" {
  param fast: bars = 10 in 2..100
  param slow: bars = 30 in 3..200
  require fast < slow

  costs { commission 0.1% }

  enter long when sma(close, fast) crosses above sma(close, slow) { size 100% of equity unprotected }
  exit long when sma(close, fast) crosses below sma(close, slow)
}
