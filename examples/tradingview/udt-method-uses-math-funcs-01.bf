edition 2026

// Buys a cross of two averages, with stop and target on whole numbers.
strategy "Whole numbers" on 15m {
  let fast = ema(close, 9)
  let slow = ema(close, 21)

  let range = rma(trange() or else high - low, 14)
  let to_stop = clamp(1.5 * range, 1, 50)
  let to_target = clamp(sqrt(range / 100 ticks) * 500 ticks, 1, 50)

  enter long when fast crosses above slow and position_size == 0 {
    size   1
    stop   at round(close - to_stop)
    target at round(close + to_target)
  }
}
