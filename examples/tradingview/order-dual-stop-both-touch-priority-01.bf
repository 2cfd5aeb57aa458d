edition 2026

// Straddles the close twice a day with stop orders on both sides that stay until they are met; the
// position is left after some hours.
strategy "Straddle" on 15m {
  let is_morning = time_of_day == 02:45 and position_size == 0
  let is_afternoon = time_of_day == 14:45 and position_size == 0

  enter long "near up" at stop close * (1 + 0.2%) when is_morning { size 1  unprotected }
  enter short "near down" at stop close * (1 - 0.2%) when is_morning { size 1  unprotected }
  enter long "far up" at stop close * (1 + 0.4%) when is_afternoon { size 1  unprotected }
  enter short "far down" at stop close * (1 - 0.4%) when is_afternoon { size 1  unprotected }
  exit when time_of_day == 06:15 or time_of_day == 18:15
}
