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

  test "buys when the lines turn up below zero, and sells when they turn down" with { fast: 2, slow: 4, smooth: 2 } {
    bars {
      open  high  low  close
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   95   96
      96    97    91   92
      92    93    87   88
      88    89    83   84
      84    86    83   85
      85    88    84   87
      87    91    86   90
      90    91    87   88
      88    89    83   84
      84    85    83   84
    }
    expect line < 0 on bar 15
    // At the open, worse by the slippage of 0.01%.
    expect orders {
      bar 16: buy at 85.0085 tag "turn up"
      bar 20: sell at 83.9916 tag "turn down"
    }
  }

  law scale
  law prefix
}
