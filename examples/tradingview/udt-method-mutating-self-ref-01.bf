edition 2026

// Buys the third rising bar in a row, or a later one, and leaves with the first that does not rise.
strategy "Counted streak" on 15m {
  let is_rising = close > open
  state count: int = 0 reset never {
    when is_rising { set count = count + 1 } else { set count = 0 }
  }

  enter long when count >= 3 { size 1  unprotected }
  exit long when not is_rising
}
