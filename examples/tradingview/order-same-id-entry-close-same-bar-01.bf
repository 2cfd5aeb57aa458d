edition 2026

// Holds a unit for half an hour, long after midnight and short after noon; to add to it and to close it on
// the same bar only closes it.
strategy "Added and closed" on 15m {
  enter long when time_of_day == 00:15 or time_of_day == 00:45 { size 1  unprotected }
  enter short when time_of_day == 12:15 or time_of_day == 12:45 { size 1  unprotected }
  exit when time_of_day == 00:45 or time_of_day == 06:15
  exit when time_of_day == 12:45 or time_of_day == 18:15
}
