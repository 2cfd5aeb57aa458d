edition 2026

// Buys for a quarter of the account in the morning, for four hours.
strategy "Quarter of the account" on 15m {
  enter long when time_of_day == 08:15 { size 25% of equity  unprotected }
  exit long when time_of_day == 12:15
}
