edition 2026

// Always in the market: long above a Kalman filter of the close, short below it.
strategy "Kalman filter" on 15m {
  param drift: number = 0.001
  param noise: number = 0.1

  let expected = estimate[1] or else close
  let doubt = (rest[1] or else 1) + drift
  let gain = doubt / (doubt + noise)
  let rest: number? = (1 - gain) * doubt
  let estimate: price? = expected + gain * (close - expected)

  enter long when close crosses above estimate { size 1  unprotected }
  enter short when close crosses below estimate { size 1  unprotected }
}
