edition 2026

// Buys up to three times after midnight, but holds two units at most, and leaves an hour later.
strategy "Two at most" on 15m {
  enter long when time_of_day >= 00:15 and time_of_day <= 00:45 { size 1  pyramid 3  unprotected }
  exit long when time_of_day == 01:00
  limit position 2
  limit orders 3
}
