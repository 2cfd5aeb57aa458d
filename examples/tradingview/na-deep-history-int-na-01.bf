edition 2026

// Buys a recovery of the relative strength in New York's hours, in which alone the close counts: outside
// them it is that of 499 bars ago, if it was within them. The run says the time zone.
strategy "Gated strength" on 15m {
  let is_open = time_of_day >= 09:30 and time_of_day < 16:00
  let gated = if is_open then close else none
  let strength = rsi(gated or else gated[499] or else close, 14)

  enter long when is_open and strength crosses above 30 { size 1  unprotected }
  exit long when strength crosses below 70
}
