edition 2026

// Breakouts of twenty bars, in a larger size after a trade that was won than after one that was lost.
strategy "Fed by results" on 15m {
  let stake = (if last_profit < 0 then 0.5 else 2) or else 1
  let has_lost = abs(position_size) * abs(entry_price - worst_price) > 1_000

  enter long when close > highest(high, 20)[1] { size stake  unprotected }
  enter short when close < lowest(low, 20)[1] { size stake  unprotected }
  exit when has_lost
  limit drawdown 20%
}
