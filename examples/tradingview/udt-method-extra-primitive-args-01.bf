edition 2026

// Buys a cross of the close and an average, with stop and target half a dollar away.
strategy "Half a dollar" on 15m {
  type Base = { at: price }
  fn Base.moved(self, steps: int, by: price, is_down: bool) =
      self.at + steps * by * (if is_down then -1 else 1)
  let base = Base(close)

  enter long when close crosses above sma(close, 20) and position_size == 0 {
    size   1
    stop   at base.moved(5, 0.1, true)
    target at base.moved(5, 0.1, false)
  }
}
