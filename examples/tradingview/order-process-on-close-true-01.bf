edition 2026

// Buys a cross of two averages that is not overbought, and fills at the close that decides.
strategy "At the close" on 15m {
  fills { on close }

  let fast = ema(close, 9)
  let slow = ema(close, 21)

  enter long when fast crosses above slow and rsi(close, 14) < 70 { size 1  unprotected }
  exit long when fast crosses below slow
}
