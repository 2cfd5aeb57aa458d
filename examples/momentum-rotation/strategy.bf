edition 2026

// Holds the strongest of a universe, as long as the market as a whole goes up.
strategy "Momentum rotation" on 1d {
  param months: bars = 120 in 20..240 step 20
  param held: int    = 3   in 1..6

  universe
  market "INDEX" as index

  costs { commission 0.05% }

  on index { let rising = close > sma(close, 100) }

  let momentum = close / close[months] - 100%
  let calm = stddev(close / close[1], 60)

  rebalance every 1mo {
    hold   top held by momentum where latest(rising) and momentum > 0%
    weight by 1 / calm capped 40%
    band   2%
  }
}
