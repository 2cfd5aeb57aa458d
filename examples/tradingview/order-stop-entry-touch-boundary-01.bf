edition 2026

// Waits a tick beyond the extreme of the bar before the last one, on one side at a time.
strategy "A tick beyond" on 15m {
  let is_night = time_of_day == 02:15 and position_size == 0
  let is_afternoon = time_of_day == 14:15 and position_size == 0

  enter long "up" at stop high[1] + 1 tick when is_night { size 1  unprotected }
  enter short "down" at stop low[1] - 1 tick when is_afternoon { size 1  unprotected }
  cancel "down" when is_night
  cancel "up" when is_afternoon
  exit long when time_of_day == 06:15
  exit short when time_of_day == 18:15
}
