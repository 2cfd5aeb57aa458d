edition 2026

// Buys the fourth rising bar in a row and leaves with the first that does not rise.
strategy "Streak" on 15m {
  let is_rising = close > open

  enter long when lasting(is_rising, 4) { size 1  unprotected }
  exit long when not is_rising
}
