edition 2026

// Buys in the morning and sells short in the afternoon, each with stop and target half a percent away;
// whatever is left goes at the end of the day.
strategy "Morning and afternoon" on 15m {
  param reach: ratio = 0.5%

  let above = close * (1 + reach)
  let below = close * (1 - reach)

  enter long when time_of_day == 08:15 and position_size == 0 {
    size   1
    stop   at below
    target at above
  }
  enter short when time_of_day == 16:15 and position_size == 0 {
    size   1
    stop   at above
    target at below
  }
  flatten when time_of_day == 23:45
}
