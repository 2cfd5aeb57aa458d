edition 2026

// Buys a cross of two averages, but not within five bars of deciding to leave, nor with a twentieth of
// the capital lost.
strategy "Cooled down" on 15m {
  param cooldown: bars = 5
  param lost: ratio    = 5%

  let fast = ema(close, 9)
  let slow = ema(close, 21)
  // The exit was decided a bar before it filled.
  let is_cool = bars_since_exit + 1 >= cooldown or else true
  let is_solvent = net_profit >= -lost * initial_capital

  enter long when fast crosses above slow and is_cool and is_solvent { size 1  unprotected }
  exit long when fast crosses below slow
}
