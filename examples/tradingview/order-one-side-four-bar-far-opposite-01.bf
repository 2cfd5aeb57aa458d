edition 2026

// Waits above the last high for four bars in the night, while an order rests on the other side that the
// price never reaches.
strategy "Far order opposite" on 15m {
  let is_flat = position_size == 0

  enter short "far" at stop low * 0.5 when time_of_day == 02:00 and is_flat { size 1  unprotected }
  enter long "up" at stop high + 1 tick when hour == 2 and is_flat { size 1  unprotected }
  exit long when time_of_day == 06:15
}
