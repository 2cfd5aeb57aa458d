edition 2026

// Straddles the close of a bar that opened nearer its high.
strategy "High first" on 15m {
  let is_time = time_of_day == 02:45 and position_size == 0 and high - open < open - low

  enter long "up" at stop close * (1 + 0.2%) when is_time { size 1  unprotected }
  enter short "down" at stop close * (1 - 0.2%) when is_time { size 1  unprotected }
  exit when time_of_day == 06:15
}
