edition 2026

// Puts a stop above the high at two and one below the low at fourteen, which rest until they are met.
strategy "Resting stops" on 15m {
  let is_flat = position_size == 0

  enter long "up" at stop high + 1 tick when time_of_day == 02:00 and is_flat {
    size 1
    unprotected
  }
  enter short "down" at stop low - 1 tick when time_of_day == 14:00 and is_flat {
    size 1
    unprotected
  }
  exit long when time_of_day == 06:15
  exit short when time_of_day == 18:15
}
