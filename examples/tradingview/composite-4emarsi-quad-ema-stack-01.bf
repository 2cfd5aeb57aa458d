edition 2026

// Turns on the bar on which four averages come to lie in order.
strategy "Four averages" on 15m {
  let first = ema(close, 8)
  let second = ema(close, 21)
  let third = ema(close, 55)
  let fourth = ema(close, 200)
  let is_rising = first > second and second > third and third > fourth
  let is_falling = first < second and second < third and third < fourth

  enter long when is_rising and not (is_rising[1] or else false) { size 1  unprotected }
  enter short when is_falling and not (is_falling[1] or else false) { size 1  unprotected }
}
