edition 2026

strategy "Moving-average cross" on 1d {
  param fast: bars = 20 in 5..60 step 5
  param slow: bars = 60 in 20..200 step 10
  require fast < slow

  costs { commission 0.05%  slippage 0.01% }

  let quick = sma(close, fast)
  let calm  = sma(close, slow)

  enter long "cross" when quick crosses above calm {
    size 95% of equity
    stop at close - 4 * atr(20)
  }
  exit long "cross back" when quick crosses below calm

  test "buys the day after the cross, and sells the day after the cross back" with { fast: 2, slow: 4 } {
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
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   101   99   100
      100   105   100  104
      105   107   104  106
      106   106   103  104
      104   104   101  102
      102   102   100  101
    }
    expect warmup == 20 bars
    expect quick > calm on bar 21
    // At the open, worse by the slippage of 0.01%.
    expect orders {
      bar 22: buy at 105.0105 tag "cross"
      bar 25: sell at 101.9898 tag "cross back"
    }
  }

  law scale
  law shift
}
