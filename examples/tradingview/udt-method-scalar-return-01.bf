edition 2026

// Buys a cross of two averages with strength above fifty-five.
strategy "Scored cross" on 15m {
  let fast = ema(close, 9)
  let slow = ema(close, 21)

  type Box = { scale: number, level: number }
  fn Box.score(self) = self.scale * (self.level - 50)

  enter long when fast crosses above slow and Box(1, rsi(close, 14)).score() > 5 {
    size 1
    unprotected
  }
  exit long when fast crosses below slow
}
