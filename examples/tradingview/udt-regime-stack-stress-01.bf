edition 2026

// Adds up three signs, strength, trend and level, and trades their agreement.
strategy "Three signs" on 15m {
  let strength = sign(rsi(close, 14) - 50) or else 0
  let trend = (if close > ema(close, 20) then 1 else -1) or else -1
  let level = (if close > sma(close, 20) then 1 else -1) or else -1
  let score = strength + trend + level

  enter long when score >= 2 and score[1] < 2 { size 1  unprotected }
  enter short when score <= -2 and score[1] > -2 { size 1  unprotected }
  exit long when score <= 0
  exit short when score >= 0
}
