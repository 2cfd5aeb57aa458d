edition 2026

// Holds a unit while strength, momentum and level of the hour agree.
strategy "The hour agrees" on 15m {
  on 1h {
    let strength = rsi(close, 14)
    let histogram = macd(close, 12, 26, 9).histogram
    let middle = sma(close, 20)
    let is_bull = strength > 55 and histogram > 0 and close > middle
    let is_bear = strength < 45 or histogram < 0 or close < middle
  }

  enter long when latest(is_bull) { size 1  unprotected }
  exit long when latest(is_bear)
}
