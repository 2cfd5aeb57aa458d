edition 2026

// Turns with crosses of the slow stochastic and its average, unless they come at the far end.
strategy "Slow stochastic" on 15m {
  // Added up anew on every bar: once in these lists the two are equal but for the last digits.
  fn average(of: number) = sum(for k in 0..2: of[k] / 3)

  let slow = average(stochf(14, 1).k)
  let signal = average(slow)

  enter long when slow crosses above signal and slow < 80 { size 1  unprotected }
  enter short when slow crosses below signal and slow > 20 { size 1  unprotected }
}
