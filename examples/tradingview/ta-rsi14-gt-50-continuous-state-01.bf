edition 2026

// Holds a unit while the relative strength is above fifty.
strategy "Strong half" on 15m {
  let is_strong = rsi(close, 14) > 50

  enter long when is_strong { size 1  unprotected }
  exit long when not is_strong
}
