edition 2026

// Adds up three signs, strength, trend and level, and trades their agreement.
strategy "Score" on 15m {
  fn sign_of(above: bool, below: bool) = (if above then 1 else if below then -1 else 0) or else 0

  let strength = rsi(close, 14)
  let trend = if close > ema(close, 20) then 1 else -1
  let level = if close > sma(close, 20) then 1 else -1
  let score = sign_of(strength > 50, strength < 50) + (trend or else -1) + (level or else -1)

  enter long when score >= 2 and score[1] < 2 { size 1  unprotected }
  enter short when score <= -2 and score[1] > -2 { size 1  unprotected }
  exit long when score <= 0
  exit short when score >= 0
}
