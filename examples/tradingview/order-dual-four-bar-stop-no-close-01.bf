edition 2026

// Waits above the last high for four bars in the night, and below the last low in the afternoon; what is
// held goes at the end of the day.
strategy "Four bars each" on 15m {
  let is_flat = position_size == 0

  enter long "up" at stop high + 1 tick when hour == 2 and is_flat { size 1  unprotected }
  enter short "down" at stop low - 1 tick when hour == 14 and is_flat { size 1  unprotected }
  exit when time_of_day == 23:45
}
