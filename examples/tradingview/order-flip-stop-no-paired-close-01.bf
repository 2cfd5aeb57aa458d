edition 2026

// Buys after midnight, wants to turn round below the last low, and leaves whatever is held at noon.
strategy "Turn by a stop" on 15m {
  enter long "up" when time_of_day == 00:15 and position_size == 0 { size 1  unprotected }
  enter short "down" at stop low - 1 tick when time_of_day == 00:45 and position_size > 0 {
    size 1
    unprotected
  }
  exit when time_of_day == 12:00
}
