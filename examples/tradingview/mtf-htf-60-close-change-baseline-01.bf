edition 2026

// Buys whenever an hour closes elsewhere than the hour before, for one bar.
strategy "Hourly roll" on 15m {
  on 1h { let hourly = close }

  let is_new = latest(hourly) != latest(hourly)[1]

  enter long when is_new { size 1  unprotected }
  exit long when is_new[1]
}
