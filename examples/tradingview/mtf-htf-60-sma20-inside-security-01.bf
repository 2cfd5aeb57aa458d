edition 2026

// Buys where the hour crosses its average, and leaves while it is below.
strategy "Hourly average" on 15m {
  on 1h {
    let hourly = close
    let average = sma(close, 20)
  }

  let above = latest(hourly) - latest(average)

  enter long when above > 0 and above[1] <= 0 { size 1  unprotected }
  exit long when above < 0
}
