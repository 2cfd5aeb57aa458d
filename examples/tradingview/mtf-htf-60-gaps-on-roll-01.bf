edition 2026

// Holds a unit from an hour that closes higher to one that closes lower.
strategy "Hours" on 15m {
  on 1h { let hourly = close }

  let step = latest(hourly) - latest(hourly)[1]

  enter long when step > 0 { size 1  unprotected }
  exit long when step < 0
}
