edition 2026

// Buys at midnight and at noon, with a stop one average range below and a target two above.
strategy "Twice a day" on 15m {
  param length: bars      = 14
  param to_stop: number   = 1
  param to_target: number = 2

  let range = rma(trange() or else high - low, length)

  enter long when time_of_day == 00:00 or time_of_day == 12:00 {
    size   1
    stop   at close - to_stop * range
    target at close + to_target * range
  }
}
