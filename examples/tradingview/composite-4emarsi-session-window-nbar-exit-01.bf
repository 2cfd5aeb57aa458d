edition 2026

// Trades crosses of two averages between ten and twenty-two o'clock, and leaves after eight bars, that of the entry included.
strategy "Cross within hours" on 15m {
  param expiry: bars = 8

  let fast = ema(close, 5)
  let slow = ema(close, 20)
  let is_inside = time_of_day >= 10:00 and time_of_day < 22:00 and position_size == 0

  enter long when is_inside and fast crosses above slow { size 1  unprotected }
  enter short when is_inside and fast crosses below slow { size 1  unprotected }
  exit when position_bars + 1 >= expiry
}
