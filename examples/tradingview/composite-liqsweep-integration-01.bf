edition 2026

// After a sweep below the last swing low in a market of rising highs, buys a bar later if that bar rises; the
// same upside down.
strategy "Sweep with the structure" on 15m {
  param strength: bars = 5

  let tops = pivothigh(high, strength, strength)
  let bottoms = pivotlow(low, strength, strength)
  let is_higher =
      tops.age == strength and tops.value > valuewhen(tops.age == strength, tops.value, 1)
      or else false
  let is_lower =
      bottoms.age == strength
              and bottoms.value < valuewhen(bottoms.age == strength, bottoms.value, 1)
      or else false
  state trend: int = 0 reset never {
    when is_higher { set trend = 1 }
    when is_lower { set trend = -1 }
  }

  let swept_low = low < bottoms.value and close > bottoms.value and trend == 1 or else false
  let swept_high = high > tops.value and close < tops.value and trend == -1 or else false

  enter long when swept_low[1] and not swept_low and close > open { size 1  unprotected }
  enter short when swept_high[1] and not swept_high and close < open { size 1  unprotected }
}
