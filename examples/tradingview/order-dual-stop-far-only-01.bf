edition 2026

// Straddles the close once a day, and leaves what is held hours later.
strategy "Far straddle" on 15m {
  let is_time = time_of_day == 14:45 and position_size == 0

  enter long "up" at stop close * (1 + 0.4%) when is_time { size 1  unprotected }
  enter short "down" at stop close * (1 - 0.4%) when is_time { size 1  unprotected }
  exit when time_of_day == 18:15
}
