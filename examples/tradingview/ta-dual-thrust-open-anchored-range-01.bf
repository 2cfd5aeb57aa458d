edition 2026

// Enters on a close that is half the range of four bars away from the open.
strategy "Dual thrust" on 15m {
  param length: bars  = 4
  param share: number = 0.5

  let rise = highest(high, length) - lowest(close, length)
  let fall = highest(close, length) - lowest(low, length)
  let reach = share * max(rise, fall)

  enter long when close > open + reach { size 1  unprotected }
  enter short when close < open - reach { size 1  unprotected }
  exit long when close < open - reach
  exit short when close > open + reach
}
