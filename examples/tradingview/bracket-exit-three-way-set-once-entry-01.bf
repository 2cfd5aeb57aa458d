edition 2026

// Twice a day, twenty ticks from the price paid.
strategy "Twenty ticks" on 15m {
  enter long when time_of_day == 08:00 and position_size == 0 {
    size   1
    stop   at close * (1 - 1%)
    target by 20 ticks
  }
  enter short when time_of_day == 20:00 and position_size == 0 {
    size   1
    stop   at close * (1 + 1%)
    target by 20 ticks
  }
}
