edition 2026

// W2 of the benchmarks: buys what has fallen too far, and leaves at the mean or at a stop inside the bar.
strategy "Reversal with a stop" {
  costs { commission 0.1% }

  enter long when close < bbands(close, 20).lower and rsi(close, 14) < 30 {
    size 100% of equity
    stop at close - 2 * atr(14)
  }
  exit long when close > bbands(close, 20).middle
}
