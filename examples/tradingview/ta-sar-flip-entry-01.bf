edition 2026

// Always in the market, turning with a stop that goes towards the extreme of its trend, the faster the more
// extremes there were, but no nearer than the last two bars reach.
strategy "Parabolic" on 15m {
  param step: number    = 0.02
  param maximum: number = 0.2

  let rose_first = close > close[1]
  let was_rising = is_rising[1] or else rose_first
  let begun = stop[1] or else (if rose_first then low[1] else high[1])
  let towards = extreme[1] or else (if rose_first then high else low)
  let speed = pace[1] or else step

  let moved = begun + speed * (towards - begun)
  let is_hit = if was_rising then moved > low else moved < high
  let is_further = if was_rising then high > towards else low < towards
  let is_rising: bool? = was_rising != is_hit
  let extreme: price? = if is_rising then (if is_hit then high else max(high, towards))
      else (if is_hit then low else min(low, towards))
  let pace: number? = if is_hit then step
      else if is_further then min(speed + step, maximum)
      else speed
  let turned = if is_rising then min(low, towards) else max(high, towards)
  let free = if is_hit then turned else moved
  let stop: price? = if is_rising then min(free, lowest(low, 2)[1] or else low[1])
      else max(free, highest(high, 2)[1] or else high[1])

  let is_above = close > stop

  enter long when is_above and not (is_above[1] or else false) { size 1  unprotected }
  enter short when is_above[1] and not is_above { size 1  unprotected }
}
