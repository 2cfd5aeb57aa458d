edition 2026

// Adds up three signs, strength, trend and level, and trades their agreement.
strategy "Score" on 15m {
  fn side(of: bool) = (if of then 1 else -1) or else -1

  let strength = sign(rsi(close, 14) - 50) or else 0
  let score = strength + side(close > ema(close, 20)) + side(close > sma(close, 20))

  enter long when score >= 2 and score[1] < 2 { size 1  unprotected }
  enter short when score <= -2 and score[1] > -2 { size 1  unprotected }
  exit long when score <= 0
  exit short when score >= 0
}
