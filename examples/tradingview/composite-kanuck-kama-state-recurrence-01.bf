edition 2026

// Always in the market: long above Kaufman's adaptive average, short below it.
strategy "Adaptive average" on 15m {
  param length: bars = 14

  let way = sum(abs(close - close[1]), length)
  let straightness = (if way > 0 then abs(close - close[length]) / way else 0) or else 0
  let pace = 2 / 31 + straightness * (2 / 3 - 2 / 31)
  let former = average[1] or else close
  let average: price? = former + pace * pace * (close - former)

  enter long when close crosses above average { size 1  unprotected }
  enter short when close crosses below average { size 1  unprotected }
}
