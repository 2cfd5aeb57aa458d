edition 2026

// Buys at a time of day; what comes first takes the position out: two levels around the price paid, or
// six hours.
strategy "One of three exits" on 15m {
  enter long when time_of_day == 07:15 { size 1  unprotected }
  exit long "target" at limit position_price * (1 + 0.4%) when position_size > 0
  exit long "stop" at stop position_price * (1 - 0.4%) when position_size > 0
  exit long "timeout" when time_of_day == 13:15
}
