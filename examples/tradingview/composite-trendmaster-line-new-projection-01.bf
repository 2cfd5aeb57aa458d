edition 2026

// Turns where the close crosses the line through the last two swings on its side.
strategy "Swing lines" on 15m {
  param strength: bars = 5

  let tops = pivothigh(high, strength, strength)
  let bottoms = pivotlow(low, strength, strength)

  // A line through two swings, drawn on to this bar.
  fn line(is_new: bool, value: price, age: bars) {
    let former = valuewhen(is_new, value, 1)
    let apart = valuewhen(is_new, bar_index, 0) - valuewhen(is_new, bar_index, 1)
    return value + (value - former) / apart * age
  }

  enter long when close crosses above line(bottoms.age == strength, bottoms.value, bottoms.age) {
    size 1
    unprotected
  }
  enter short when close crosses below line(tops.age == strength, tops.value, tops.age) {
    size 1
    unprotected
  }
}
