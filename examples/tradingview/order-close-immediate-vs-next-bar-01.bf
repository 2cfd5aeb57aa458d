edition 2026

// Buys twice a day for an hour, and leaves once at the next open and once at a close.
strategy "Two ways out" on 15m {
  enter long when time_of_day == 02:15 or time_of_day == 10:15 { size 1  unprotected }
  exit long "next open" when time_of_day == 03:15
  exit long "this close" at close when time_of_day == 11:00
}
