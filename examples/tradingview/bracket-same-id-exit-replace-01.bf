edition 2026

// Buys once in the morning; from the next bar on, stop and target lie three tenths of a percent from the
// price that was paid.
strategy "Bracket around the fill" on 15m {
  enter long when time_of_day == 08:15 { size 1  unprotected }
  exit long "target" at limit position_price * (1 + 0.3%) when position_size > 0
  exit long "stop" at stop position_price * (1 - 0.3%) when position_size > 0
  exit long "timeout" when time_of_day == 16:15
}
