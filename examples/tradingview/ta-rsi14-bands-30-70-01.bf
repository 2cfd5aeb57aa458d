edition 2026

// Turns where the relative strength comes back from thirty or from seventy.
strategy "Strength bands" on 15m {
  let strength = rsi(close, 14)

  enter long when strength crosses above 30 { size 1  unprotected }
  enter short when strength crosses below 70 { size 1  unprotected }
}
