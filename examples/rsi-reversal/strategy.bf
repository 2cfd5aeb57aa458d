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

  test "buys a dip in an upward trend, and sells the recovery" with { trend: 10, low_at: 40 } {
    bars {
      open  high  low  close
      100   103   99   102
      102   105   101  104
      104   107   103  106
      106   109   105  108
      108   111   107  110
      110   113   109  112
      112   115   111  114
      114   117   113  116
      116   119   115  118
      118   121   117  120
      120   123   119  122
      122   125   121  124
      124   127   123  126
      126   129   125  128
      128   131   127  130
      130   130   125  126
      126   131   126  130
      130   132   129  131
    }
    expect strength < 40 on bar 16
    // At the open, worse by the slippage of 0.01%.
    expect orders {
      bar 17: buy at 126.0126 tag "dip"
      bar 18: sell at 129.987 tag "recovered"
    }
  }

  property "the strength is between 0 and 100" { assert strength >= 0 and strength <= 100 }

  law scale
}
