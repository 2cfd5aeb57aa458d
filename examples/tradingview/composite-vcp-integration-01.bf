edition 2026

// Turns beyond a swing in the working hours of New York where a gap, volume and direction agree. The run says
// the time zone.
strategy "Agreement" on 15m {
  param strength: bars = 5

  let top = pivothigh(high, strength, strength).value
  let bottom = pivotlow(low, strength, strength).value

  // The last thirty gaps between a bar and the one before the last: where they lie, and whether they were left upwards.
  let least = 0.3 * rma(trange() or else high - low, 14)
  let left_up = low > high[2] and close[1] > open[1] and low - high[2] >= least or else false
  let left_down = high < low[2] and close[1] < open[1] and low[2] - high >= least or else false
  let is_gap = left_up or left_down
  let gap_top = if left_up then low else low[2]
  let gap_bottom = if left_up then high[2] else high
  fn is_within(k: int, side: int) =
      low <= valuewhen(is_gap, gap_top, k)
              and high >= valuewhen(is_gap, gap_bottom, k)
              and valuewhen(is_gap, if left_up then 1 else -1, k) == side
      or else false
  let in_rising_gap = any(for k in 0..29: is_within(k, 1))
  let in_falling_gap = any(for k in 0..29: is_within(k, -1))

  let deviation = stddev(volume, 20)
  let is_unusual = abs(volume - sma(volume, 20)) > 2 * deviation
  let span = high - low + 0.0001
  let bought = if close > open then volume else volume * (close - low) / span
  let sold = if close < open then volume else volume * (high - close) / span
  let delta = sum(bought - sold, 10)

  let up = change(high, 1)
  let down = -change(low, 1)
  let range = rma(trange(), 14)
  let plus = rma(if up > down and up > 0 then up else 0, 14) / range
  let minus = rma(if down > up and down > 0 then down else 0, 14) / range
  let directed = rma(
    (if plus + minus > 0 then 100 * abs(plus - minus) / (plus + minus) else 0) or else 0,
    14
  )

  let is_open = time_of_day >= 08:00 and time_of_day < 16:00
  let is_directed = directed > 25 and is_open

  enter long
      when is_directed
      and plus > minus
      and close > top
      and in_rising_gap
      and (is_unusual and close > open or delta > 0) {
    size 1
    unprotected
  }
  enter short
      when is_directed
      and minus > plus
      and close < bottom
      and in_falling_gap
      and (is_unusual and close < open or delta < 0) {
    size 1
    unprotected
  }
  exit when is_open[1] and not is_open
}
