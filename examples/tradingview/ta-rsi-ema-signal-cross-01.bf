edition 2026

// Turns with crosses of the relative strength and its average, on the far side of fifty.
strategy "Strength and signal" on 15m {
  let strength = rsi(close, 14)
  let signal = ema(strength, 9)

  enter long when strength crosses above signal and strength < 50 { size 1  unprotected }
  enter short when strength crosses below signal and strength > 50 { size 1  unprotected }
}
