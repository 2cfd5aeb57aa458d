edition 2026

// Turns with the side of the last swings, and back at the extremes of fifty bars.
strategy "Market shift" on 15m {
  param strength: bars = 5
  param length: bars   = 50

  let top = pivothigh(high, strength, strength).value
  let bottom = pivotlow(low, strength, strength).value
  state side: int = 0 reset never {
    when close > top { set side = 1 } else { when close < bottom { set side = -1 } }
  }
  let is_back_up = close crosses above lowest(low, length)[1] or else false
  let is_back_down = close crosses below highest(high, length)[1] or else false
  let was = side[1] or else 0

  enter long when side == 1 and (was != 1 or is_back_up) { size 1  unprotected }
  enter short when side == -1 and (was != -1 or is_back_down) { size 1  unprotected }
}
