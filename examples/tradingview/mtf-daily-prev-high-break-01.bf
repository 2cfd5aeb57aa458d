edition 2026

// Buys a close above the high of the day before the last one, and leaves half a percent below it.
strategy "Daily high" on 15m {
  on 1d { let high_before = high[1] }

  let level = latest(high_before)

  enter long when close crosses above level { size 1  unprotected }
  exit long when close < level * (1 - 0.5%)
}
