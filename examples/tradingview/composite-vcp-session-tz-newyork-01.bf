edition 2026

// Holds a unit through the working hours of New York. The run says the time zone.
strategy "Office hours" on 15m {
  let is_open = time_of_day >= 08:00 and time_of_day < 16:00

  enter long when is_open and not is_open[1] { size 1  unprotected }
  exit long when is_open[1] and not is_open
}
