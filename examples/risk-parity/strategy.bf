edition 2026

// Holds all of a universe, so much of each that all add the same to the risk of the whole.
strategy "Risk parity" on 1d {
  param days: bars = 60 in 20..120 step 20

  universe

  costs { commission 0.05% }

  rebalance every 1mo {
    hold     each
    weight   risk_parity(days) capped 25% redistributed
    exposure 95%
    band     1%
  }
}
