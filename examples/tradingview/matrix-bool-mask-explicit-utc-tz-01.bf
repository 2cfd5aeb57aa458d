edition 2026

// Buys strength at an hour of the week that has seen more of it before, once six hours have.
strategy "Six hours of strength" on 15m {
  let strength = rsi(close, 14)
  let is_hot = strength > 60 or else false
  state was_hot: bool = is_hot reset when minute == 0 { when is_hot { set was_hot = true } }

  // The same hour of former weeks, as it was at its end.
  fn before(ahead: int) = any(for week in 1..56: was_hot[672 * week - ahead] or else false)
  let is_known = if minute == 0 then before(3)
      else if minute == 15 then before(2)
      else if minute == 30 then before(1)
      else before(0)
  let is_new = was_hot and not is_known and (minute == 0 or not (was_hot[1] or else false))
  let hours = cum(if is_new then 1 else 0)

  enter long when hours >= 6 and (was_hot or is_known) and strength > 55 { size 1  unprotected }
  exit long when strength < 45
}
