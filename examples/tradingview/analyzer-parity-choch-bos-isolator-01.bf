edition 2026

// Trades a change of market structure for two bars: a close beyond the last swing turns it, and against
// the present direction a close beyond the swing before that is enough.
strategy "Change of structure" on 15m {
  param strength: bars = 5 in 2..20

  let highs = pivothigh(high, strength, strength)
  let lows = pivotlow(low, strength, strength)
  let former_high = valuewhen(highs.age == strength, highs.value, 1)
  let former_low = valuewhen(lows.age == strength, lows.value, 1)

  state direction: int = 0 reset never {
    when direction <= 0 and close > highs.value or direction < 0 and close > former_high {
      set direction = 1
    } else {
      when direction >= 0 and close < lows.value or direction > 0 and close < former_low {
        set direction = -1
      }
    }
  }

  enter long when direction crosses above 0 and position_size == 0 { size 1  unprotected }
  enter short when direction crosses below 0 and position_size == 0 { size 1  unprotected }
  exit when position_bars >= 1
}
