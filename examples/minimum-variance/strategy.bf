edition 2026

// Of what goes up, the mix that varies least.
strategy "Minimum variance" on 1d {
  param trend: bars = 100 in 50..200 step 50
  param days: bars  = 60  in 20..120 step 20

  universe

  costs { commission 0.05% }

  let rising = close > sma(close, trend)

  rebalance every 1mo {
    hold   each where rising
    weight minimum_variance(days) capped 40%
    band   2%
  }
}
