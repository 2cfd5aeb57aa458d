edition 2026

strategy "RSI reversal" on 1d {
  param span: bars   = 2  in 2..14
  param low_at: number  = 10 in 5..30 step 5
  param high_at: number = 60 in 50..80 step 5
  param trend: bars  = 200 in 100..250 step 50
  require low_at < high_at

  costs { commission 0.05%  slippage 0.01% }

  let strength = rsi(close, span)

  enter long "dip" when strength < low_at and close > sma(close, trend) {
    size   risk(1%) capped 50% of equity
    stop   at close - 3 * atr(14)
  }
  exit long "recovered" when strength > high_at
  exit long "too long" when position_bars >= 10
}
