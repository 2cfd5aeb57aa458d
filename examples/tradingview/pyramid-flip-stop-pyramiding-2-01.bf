edition 2026

// Buys twice a day, and half an hour later leaves and puts a short stop below the low: once before it
// leaves, and once after.
strategy "Leave and turn" on 15m {
  let is_bought = position_size > 0

  enter long "early" when time_of_day == 00:15 and position_size == 0 { size 1  unprotected }
  enter short "before" at stop low - 1 tick when time_of_day == 00:45 and is_bought {
    size 1
    unprotected
  }
  exit long when time_of_day == 00:45

  enter long "late" when time_of_day == 06:15 and position_size == 0 { size 1  unprotected }
  exit long when time_of_day == 06:45
  enter short "after" at stop low - 1 tick when time_of_day == 06:45 and is_bought {
    size 1
    unprotected
  }
  exit short when time_of_day == 12:15
}
