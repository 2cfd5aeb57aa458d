edition 2026

strategy "Turtle" on 1d {
  param entry: bars = 20 in 10..60 step 5
  param leave: bars = 10 in 5..30 step 5
  require leave < entry

  costs { commission 0.05%  slippage 0.01% }

  // The channels of the days before: today's own high must not raise the bar it has to clear.
  let upper = highest(high, entry)[1]
  let lower = lowest(low, entry)[1]
  let n = atr(20)

  enter long "breakout up" when close > upper {
    size risk(1%) capped 100% of equity
    stop at close - 2 * n
  }
  enter short "breakout down" when close < lower {
    size risk(1%) capped 100% of equity
    stop at close + 2 * n
  }
  exit long when close < lowest(low, leave)[1]
  exit short when close > highest(high, leave)[1]

  test "buys above the channel of the days before, and leaves below the shorter one" with { entry: 3, leave: 2 } {
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
      100   101   99   100
      100   104   100  103
      103   105   102  104
      104   106   103  105
      105   105   100  101
      101   102   100  101
    }
    expect upper == 101 on bar 22
    // At the open, worse by the slippage of 0.01%.
    expect orders {
      bar 23: buy at 103.0103 tag "breakout up"
      bar 26: sell at 100.9899
    }
  }

  // Long and short are the same rules turned round.
  law mirror
  law scale
}
