edition 2026

// Turns with momentum beyond a threshold that belongs to the trend.
strategy "Thresholds" on 15m {
  let is_rising = ema(close, 20) > sma(close, 50) or else false
  let threshold = if is_rising then 1.5 else -1.5
  let momentum = mom(close, 10)

  enter long when is_rising and momentum > threshold { size 1  unprotected }
  enter short when not is_rising and momentum < threshold { size 1  unprotected }
}
