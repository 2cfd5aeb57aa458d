edition 2026

// Buys a cross of two averages while ranges are wide and strength is high.
strategy "Threshold" on 15m {
  let fast = ema(close, 9)
  let slow = ema(close, 21)

  type Scale = { factor: number }
  fn Scale.threshold(self, times: number = 1, base: number = 0) = base + self.factor * times
  let scale = Scale(1.5)

  let ranges = rma(trange() or else high - low, 14) / 100 ticks or else 0
  let plain = scale.threshold()
  let wide = scale.threshold(ranges)
  let strong = scale.threshold(times: 2, base: rsi(close, 14))

  enter long when fast crosses above slow and plain + wide + strong > 80 and wide > plain {
    size 1
    unprotected
  }
  exit long when fast crosses below slow
}
