edition 2026

// Buys for nearly all of the account on Mondays, and leaves with the next bar.
strategy "Mondays" on 15m {
  enter long when day_of_week == 1 and time_of_day == 00:00 { size 99% of equity  unprotected }
  exit long when position_bars >= 1
}
