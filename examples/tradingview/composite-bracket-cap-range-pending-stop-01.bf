edition 2026

// Waits at the extreme of a wide bar, at most five fills a day, and leaves ten ticks away on either side.
strategy "Ten ticks" on 15m {
  let range = rma(trange() or else high - low, 14)
  let is_wide = high[1] - low[1] > range[1]
  let is_armed_up = is_wide and close[1] > open[1] or else false
  let is_armed_down = is_wide and close[1] < open[1] or else false

  enter long "up" at stop high[1] when is_armed_up { size 1  unprotected }
  enter short "down" at stop low[1] when is_armed_down { size 1  unprotected }
  cancel "up" when not is_armed_up
  cancel "down" when not is_armed_down
  exit long "target" at limit position_price + 10 ticks when position_size > 0
  exit long "stop" at stop position_price - 10 ticks when position_size > 0
  exit short "target below" at limit position_price - 10 ticks when position_size < 0
  exit short "stop above" at stop position_price + 10 ticks when position_size < 0
  limit orders 5
}
