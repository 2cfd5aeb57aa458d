edition 2026

// Buys a fall below the lower band of the day's volume-weighted average price and leaves back at it; the day
// on which the chart begins has none.
strategy "Back to the average price" on 15m {
  let bands = vwapbands(close, session_bar == 0 and bar_index > 0, 2)

  enter long when close crosses below bands.lower { size 1  unprotected }
  exit long when close crosses above bands.middle
}
