edition 2026

// Builds a position of three units after midnight, and one on the short side after noon, a unit a bar.
strategy "Three steps" on 15m {
  enter long when time_of_day >= 00:15 and time_of_day <= 00:45 { size 1  pyramid 3  unprotected }
  enter short when time_of_day >= 12:15 and time_of_day <= 12:45 { size 1  pyramid 3  unprotected }
  exit long when time_of_day == 01:15
  exit short when time_of_day == 13:15
}
