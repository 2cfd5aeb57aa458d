edition 2026

strategy "Bollinger breakout" on 1d {
  param span: bars   = 20  in 10..60 step 5
  param width: number = 2  in 1..3 step 0.5
  param reward: number = 3 in 1..6 step 1

  costs { commission 0.05%  slippage 0.01% }

  let upper = bbands(close, span, width, width).upper
  let middle = bbands(close, span, width, width).middle
  let range = atr(14)

  enter long "breakout" when close crosses above upper {
    size   risk(1%) capped 100% of equity
    stop   at close - 2 * range
    target at close + reward * range
  }
  exit long "back to the mean" when close < middle

  test "buys the day after a close above the upper band, and leaves below the middle" with { span: 3, width: 1 } {
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
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   104   100  103
      103   104   102  103
      103   103   100  101
      101   102   100  101
    }
    expect close > upper on bar 16
    // At the open, worse by the slippage of 0.01%.
    expect orders {
      bar 17: buy at 103.0103 tag "breakout"
      bar 19: sell at 100.9899 tag "back to the mean"
    }
  }

  property "the upper band is never below the middle" { assert upper >= middle }

  law scale
  law prefix
}
