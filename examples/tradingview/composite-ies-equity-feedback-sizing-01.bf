edition 2026

// Buys once a night so much that the stop costs a little more than one percent of the account, a fifth
// more of it while the market trends, and nothing that the account cannot pay.
strategy "Sized by risk" on 15m {
  param stake: ratio  = 1% in 0.1%..5% step 0.1%
  param trend: number = 25 in 15..40

  let distance = 2 * atr(14)
  let appetite = if adx(14) >= trend then 1.2 else 1
  let risked = stake * appetite * 1.15
  let worth = close / distance * risked

  enter long when time_of_day == 00:15 and worth <= 100% {
    size   risk(risked)
    stop   at close - distance
    target at close + 2 * distance
  }
}
