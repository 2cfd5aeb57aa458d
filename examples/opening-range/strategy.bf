edition 2026

strategy "Opening range" on 15m {
  param span: bars = 4 in 2..8
  param reward: number = 2 in 1..4 step 0.5

  costs { commission 0.01%  slippage 0.01% }

  // High and low of the session's first hour, known once it is over.
  let is_first = session_bar == 0
  let top      = valuewhen(session_bar == span - 1, highestsince(is_first, high))
  let base     = valuewhen(session_bar == span - 1, lowestsince(is_first, low))
  let is_open  = session_bar >= span and session_bar < 20

  enter long "up" when is_open and close crosses above top {
    size   risk(0.5%) capped 100% of equity
    stop   at base
    target at close + reward * (close - base)
  }
  enter short "down" when is_open and close crosses below base {
    size   risk(0.5%) capped 100% of equity
    stop   at top
    target at close - reward * (top - close)
  }
  exit "end of session" when session_bar >= 24

  test "buys above the range of the first bars" with { span: 2 } {
    bars { open high low close
      100  101  99   100
      100  102  100  101
      101  102  100  101
      101  104  101  103
      103  104  102  103
      103  108  103  107
    }
    expect top == 102 on bar 4
    expect base == 99 on bar 4
    // At the open, worse by the slippage of 0.01%; the stop is 4 points away and may cost 500.
    expect orders { bar 5: buy 125 at 103.0103 tag "up" }
  }

  // Long and short are the same rules turned round.
  law mirror
  law shift
}
