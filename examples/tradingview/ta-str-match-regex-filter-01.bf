edition 2026

// Holds a unit unless the relative strength or the momentum says no; before they say anything it holds, too.
strategy "Nothing against it" on 15m {
  let is_weak = rsi(close, 14) <= 50 or else false
  let is_falling = macd(close, 12, 26, 9).histogram <= 0 or else false

  enter long when not is_weak and not is_falling { size 1  unprotected }
  exit long when is_weak or is_falling
}
