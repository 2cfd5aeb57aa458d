edition 2026

// Always in the market, with the turns of an average that adapts to how straight the way was, and begins at nothing.
strategy "Adaptive turns" on 15m {
  param length: bars = 14

  let way = sum(abs(close - close[1]), length)
  let straightness = (if way != 0 then abs(close - close[length]) / way else 0) or else 0
  let pace = 2 / 31 + straightness * (2 / 3 - 2 / 31)
  let average: price = (average[1] or else 0) + pace * pace * (close - (average[1] or else 0))

  let is_rising = average > average[1] or else false
  let is_falling = average < average[1] or else false

  enter long when is_rising and not is_rising[1] { size 1  unprotected }
  enter short when is_falling and not is_falling[1] { size 1  unprotected }
}
