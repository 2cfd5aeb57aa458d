edition 2026

// Buys after midnight and sells short after noon; a close that is asked for on the bar of the entry finds
// no position yet, so each is left only seven hours later.
strategy "No position to close" on 15m {
  let is_flat = position_size == 0

  enter long when (time_of_day == 00:15 or time_of_day == 06:15) and is_flat { size 1  unprotected }
  enter short when (time_of_day == 12:15 or time_of_day == 18:15) and is_flat {
    size 1
    unprotected
  }
  exit when time_of_day == 07:15 or time_of_day == 19:15
}
