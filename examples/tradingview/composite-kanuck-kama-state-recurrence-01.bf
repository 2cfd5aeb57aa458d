edition 2026

// Always in the market: long above Kaufman's adaptive average, short below it.
strategy "Adaptive average" on 15m {
  param length: bars = 14

  let average = kama(close, length)

  enter long when close crosses above average { size 1  unprotected }
  enter short when close crosses below average { size 1  unprotected }
}
