// Functions of the language that are written in the language: there without an import, for every unit and on every
// clock that their use makes sense on.

// How many standard deviations a value is away from its average.
fn zscore(source, length: bars) = (source - sma(source, length)) / stddev(source, length)

// The change over some bars as a share of what it was: 0.01 is one percent.
fn growth(source, length: bars = 1) = source / source[length] - 1

// The share of the way from the lowest to the highest value of the last bars: 0 at the lowest, 1 at the highest.
fn position_in_range(source, length: bars) {
  let top = highest(source, length)
  let bottom = lowest(source, length)
  return (source - bottom) / (top - bottom)
}

// Bollinger's band width: the distance of the bands as a share of their middle.
fn bandwidth(source, length: bars = 20, deviations: number = 2) {
  let bands = bbands(source, length, deviations, deviations)
  return (bands.upper - bands.lower) / bands.middle
}

// Bollinger's %B: 0 at the lower band, 1 at the upper.
fn percent_b(source, length: bars = 20, deviations: number = 2) {
  let bands = bbands(source, length, deviations, deviations)
  return (source - bands.lower) / (bands.upper - bands.lower)
}

// Donchian's channel: the highest high and the lowest low of the last bars, and the middle between them.
fn donchian(length: bars = 20) {
  let upper = highest(high, length)
  let lower = lowest(low, length)
  return { upper: upper, middle: (upper + lower) / 2, lower: lower }
}

// Ichimoku: the conversion and the base line, and the two spans that are known on a bar, drawn `base` bars earlier. The
// lagging span is the close itself drawn further back: `close > close[base]` says where it lies.
fn ichimoku(conversion: bars = 9, base: bars = 26, span: bars = 52) {
  let line = (highest(high, conversion) + lowest(low, conversion)) / 2
  let anchor = (highest(high, base) + lowest(low, base)) / 2
  return {
    conversion: line,
    base: anchor,
    span_a: ((line + anchor) / 2)[base],
    span_b: ((highest(high, span) + lowest(low, span)) / 2)[base],
  }
}

// The share of equity to hold so that its yearly fluctuation is `target`, from the standard deviation of the returns
// of the last bars; a year has `bars_per_year` bars.
fn volatility_target(target: ratio, length: bars, bars_per_year: number) -> ratio? =
  target / (stddev(growth(close), length) * sqrt(bars_per_year))

// Whether a condition held on all of the last bars.
fn lasting(condition: bool?, length: bars) -> bool? = all(condition[0..length - 1])

// On how many of the last bars a condition held.
fn times(condition: bool?, length: bars) -> int? = count(condition[0..length - 1])
