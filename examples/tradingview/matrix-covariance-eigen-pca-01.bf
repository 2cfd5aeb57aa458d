edition 2026

// Turns with crosses of the larger eigenvalue of the covariances of body and span, and its average.
strategy "Principal component" on 15m {
  param length: bars = 14

  let body = close - open
  let span = high - low
  let body_rest = body - sma(body, length)
  let span_rest = span - sma(span, length)
  let a = sma(body_rest * body_rest, length)
  let b = sma(body_rest * span_rest, length)
  let d = sma(span_rest * span_rest, length)
  let value = (a + d) / 2 + sqrt((a - d) * (a - d) / 4 + b * b)
  let average = sma(value, length)

  enter long when value crosses above average { size 1  unprotected }
  enter short when value crosses below average { size 1  unprotected }
}
