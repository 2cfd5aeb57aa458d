edition 2026

// Holds a unit for half an hour after midnight.
strategy "Half an hour" on 15m {
  enter long when time_of_day == 00:15 { size 1  unprotected }
  exit long when time_of_day == 00:45
}
