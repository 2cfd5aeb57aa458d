edition 2026

// Puts stops of both sides at the close itself, the long one first in the morning, the short one first in
// the afternoon.
strategy "Tie at the open" on 15m {
  let is_morning = time_of_day == 04:45 and position_size == 0
  let is_afternoon = time_of_day == 16:45 and position_size == 0

  enter long "up" at stop close when is_morning { size 1  unprotected }
  enter short "down" at stop close when is_morning { size 1  unprotected }
  enter short "down later" at stop close when is_afternoon { size 1  unprotected }
  enter long "up later" at stop close when is_afternoon { size 1  unprotected }
  exit when time_of_day == 08:15 or time_of_day == 20:15
}
