edition 2026

// Waits above the last high for four bars, twice a day; each bar moves the order.
strategy "Stop after stop" on 15m {
  enter long "up" at stop high + 1 tick when (hour == 2 or hour == 8) and position_size == 0 {
    size 1
    unprotected
  }
  exit long when time_of_day == 06:15 or time_of_day == 12:15
}
