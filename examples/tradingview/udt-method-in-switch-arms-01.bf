edition 2026

// Buys once the averages have been apart for three bars, and leaves once they have been the other way.
strategy "Regimes" on 15m {
  let fast = ema(close, 9)
  let slow = ema(close, 21)

  enter long when lasting(fast > slow * (1 + 0.1%), 3) { size 1  unprotected }
  exit long when lasting(fast < slow * (1 - 0.1%), 3)
}
