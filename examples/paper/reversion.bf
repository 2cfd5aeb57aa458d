edition 2026

strategy "Reversion" on 15m {
  param span: bars = 3 in 2..10
  param low_at: number = 10 in 5..30 step 5

  costs { commission 0.01%  slippage 0.01% }

  let strength = rsi(close, span)
  let range = atr(20)

  // Below the market: it waits at the venue for a while, and often it is not met.
  enter long "dip" at limit close - 0.5 * range when strength < low_at {
    size risk(0.5%) capped 100% of equity
    stop at close - 4 * range
    good for 4 bars
  }
  exit long "recovered" when strength > 60
  exit long "too long" when position_bars >= 26
}
