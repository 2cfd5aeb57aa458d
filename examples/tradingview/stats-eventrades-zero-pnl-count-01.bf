edition 2026

// Buys at midnight and wants the price back at which it decided to.
strategy "Break even" on 15m {
  let decided_at = valuewhen(position_size == 0, close, 0)

  enter long when time_of_day == 00:00 { size 1  unprotected }
  exit long at limit decided_at when position_size > 0
}
