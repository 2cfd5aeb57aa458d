edition 2026

// Twice a day, as many whole ticks from the price paid as the average range has points.
strategy "Ticks by the average range" on 15m {
  param length: bars = 14

  let range = atr(length)
  let reach = ceil(range)

  enter long when time_of_day == 08:00 and position_size == 0 {
    size   1
    stop   at close - 1.2 * range
    target by reach / 100
  }
  enter short when time_of_day == 20:00 and position_size == 0 {
    size   1
    stop   at close + 1.2 * range
    target by reach / 100
  }
}
