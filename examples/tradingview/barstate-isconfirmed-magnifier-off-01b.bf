edition 2026

// Buys a cross of two averages and leaves at the opposite one. A cross that finds the position otherwise
// is not forgotten: it is acted on as soon as it can be.
strategy "Latched cross" on 15m {
  let fast = ema(close, 9)
  let slow = ema(close, 21)

  state is_rise_due: bool = false reset when position_size[1] == 0 {
    when fast crosses above slow { set is_rise_due = true }
  }
  state is_fall_due: bool = false reset when position_size[1] > 0 {
    when fast crosses below slow { set is_fall_due = true }
  }

  enter long when is_rise_due and position_size == 0 { size 1  unprotected }
  exit long when is_fall_due
}
