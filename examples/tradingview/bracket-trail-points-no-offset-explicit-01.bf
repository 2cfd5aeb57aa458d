edition 2026

// Twice a day, eight ticks from the price paid; the stop is far.
strategy "Eight ticks, far stop" on 15m {
  enter long when time_of_day == 08:00 and position_size == 0 {
    size   1
    stop   at close * (1 - 5%)
    target by 8 ticks
  }
  enter short when time_of_day == 20:00 and position_size == 0 {
    size   1
    stop   at close * (1 + 5%)
    target by 8 ticks
  }
}
