edition 2026

// Buys a cross of two averages with strength above sixty.
strategy "Sampled cross" on 15m {
  let fast = ema(close, 9)
  let slow = ema(close, 21)

  type Sample = { strength: number, weight: number }
  fn Sample.score(self) = (self.strength - 50) * 0.1 * self.weight
  fn sample(weight: number) -> Sample { return Sample(rsi(close, 14), weight) }

  enter long when fast crosses above slow and sample(1).score() > 1 { size 1  unprotected }
  exit long when fast crosses below slow
}
