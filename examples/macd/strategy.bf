edition 2026

strategy "MACD" on 1d {
  param fast: bars   = 12 in 5..20
  param slow: bars   = 26 in 20..50 step 2
  param smooth: bars = 9  in 5..15
  require fast < slow

  costs { commission 0.05%  slippage 0.01% }

  let line   = macd(close, fast, slow, smooth).macd
  let signal = macd(close, fast, slow, smooth).signal

  enter long "turn up" when line crosses above signal and line < 0 {
    size 95% of equity
    stop at close - 3 * atr(14)
  }
  exit long "turn down" when line crosses below signal
}
