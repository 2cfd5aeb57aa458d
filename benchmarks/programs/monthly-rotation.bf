edition 2026

// W8 of the benchmarks: the fifty strongest of a universe, chosen anew each month.
strategy "Monthly rotation" on 1d {
  universe

  costs { commission 0.1% }

  let momentum = close / close[126] - 100%

  rebalance every 1mo {
    hold   top 50 by momentum where close > sma(close, 200)
    weight equal
  }
}
