edition 2026

// Holds a unit while more was bought than sold in ten bars, as far as a bar tells.
strategy "Volume delta" on 15m {
  let span = high - low + 0.0001
  let bought = if close > open then volume else volume * (close - low) / span
  let sold = if close < open then volume else volume * (high - close) / span
  let delta = sum(bought - sold, 10)

  enter long when delta > 0 and delta[1] <= 0 { size 1  unprotected }
  exit long when delta < 0 and delta[1] >= 0
}
