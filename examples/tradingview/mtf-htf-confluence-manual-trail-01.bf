edition 2026

// Buys a cross of two averages while the hour is above its own, with a target set at the entry and a
// stop that follows the close at two average ranges.
strategy "With the hour" on 15m {
  param stop_at: number   = 2 in 0.5..5  step 0.1
  param target_at: number = 4 in 0.5..10 step 0.1

  on 1h { let is_rising = close > ema(close, 20) }

  let range = atr(14)
  let trail = highestsince(position_size == 0, close - stop_at * range)
  let target = valuewhen(position_size == 0, close + target_at * range, 0)

  enter long when ema(close, 9) crosses above ema(close, 21) and latest(is_rising) {
    size 1
    unprotected
  }
  exit long "stop" at stop trail when position_size > 0
  exit long "target" at limit target when position_size > 0
}
