edition 2026

// Turns on the bar on which three averages come to lie in order.
strategy "Ribbon" on 15m {
  let fast = ema(close, 8)
  let middle = ema(close, 21)
  let slow = ema(close, 55)
  let is_rising = fast > middle and middle > slow
  let is_falling = fast < middle and middle < slow

  enter long when is_rising and not (is_rising[1] or else false) { size 1  unprotected }
  enter short when is_falling and not (is_falling[1] or else false) { size 1  unprotected }
}
