edition 2026

// Turns on the bar on which the hour, the four hours and the day all close higher, or all lower.
strategy "Three closes" on 15m {
  on 1h { let hourly = close }
  on 4h { let four_hourly = close }
  on 1d { let daily = close }

  fn step(of: price) = of - of[1]
  let hour_step = step(latest(hourly))
  let four_hour_step = step(latest(four_hourly))
  let day_step = step(latest(daily))

  enter long when hour_step > 0 and four_hour_step > 0 and day_step > 0 { size 1  unprotected }
  enter short when hour_step < 0 and four_hour_step < 0 and day_step < 0 { size 1  unprotected }
}
