edition 2026

// Turns round twice a day with stops that any open has passed, and leaves on Mondays.
strategy "Stops behind the market" on 15m {
  enter short "down" at stop high * 10 when time_of_day == 08:00 { size 1  unprotected }
  enter long "up" at stop low * 0.1 when time_of_day == 14:00 { size 1  unprotected }
  cancel "up" when time_of_day == 08:00
  cancel "down" when time_of_day == 14:00
  exit long when time_of_day == 08:00
  exit short when time_of_day == 14:00
  exit when day_of_week == 1 and time_of_day == 00:00
}
