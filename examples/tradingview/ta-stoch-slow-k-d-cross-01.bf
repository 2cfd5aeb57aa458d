edition 2026

// Turns with crosses of the slow stochastic and its average, unless they come at the far end.
strategy "Slow stochastic" on 15m {
  let slow = stoch(14, 3, 3)

  enter long when slow.k crosses above slow.d and slow.k < 80 { size 1  unprotected }
  enter short when slow.k crosses below slow.d and slow.k > 20 { size 1  unprotected }
}
