edition 2026

// Turns to the side that two of three votes are for: the level of the relative strength, its direction,
// and a MACD histogram that grows away from zero.
strategy "Two of three" on 15m {
  param bullish: number = 55 in 50..70
  param bearish: number = 45 in 30..50

  let strength = rsi(close, 14)
  let histogram = macd(close, 12, 26, 9).histogram

  fn vote(of: bool) = (if of then 1 else 0) or else 0
  let bulls =
      vote(strength > bullish)
      + vote(strength > strength[3])
      + vote(histogram > 0 and histogram > histogram[1])
  let bears =
      vote(strength < bearish)
      + vote(strength < strength[3])
      + vote(histogram < 0 and histogram < histogram[1])

  enter long when bulls crosses above 1 { size 1  unprotected }
  enter short when bears crosses above 1 { size 1  unprotected }
}
