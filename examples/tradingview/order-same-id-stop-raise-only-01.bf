edition 2026

// Waits above the last high for three bars in the night, and below the last low in the afternoon; each
// bar moves the order. What was entered is left four hours later.
strategy "Moved stops" on 15m {
  let is_night = time_of_day >= 02:15 and time_of_day < 03:00 and position_size == 0
  let is_afternoon = time_of_day >= 14:15 and time_of_day < 15:00 and position_size == 0

  enter long "up" at stop high + 1 tick when is_night { size 1  unprotected }
  enter short "down" at stop low - 1 tick when is_afternoon { size 1  unprotected }
  exit long when time_of_day == 06:15
  exit short when time_of_day == 18:15
}
