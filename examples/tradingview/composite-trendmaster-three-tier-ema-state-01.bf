edition 2026

// Turns on the bar on which three slow averages come to lie in order.
strategy "Three tiers" on 15m {
  let fast = ema(close, 21)
  let middle = ema(close, 55)
  let slow = ema(close, 200)
  let is_rising = fast > middle and middle > slow
  let is_falling = fast < middle and middle < slow

  enter long when is_rising and not (is_rising[1] or else false) { size 1  unprotected }
  enter short when is_falling and not (is_falling[1] or else false) { size 1  unprotected }
}
