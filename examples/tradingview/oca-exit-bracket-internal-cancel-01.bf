edition 2026

// Buys a recovery of the relative strength; stop and target move with the average range of each bar.
strategy "Breathing bracket" on 15m {
  let reach = 1.5 * atr(14)

  enter long when rsi(close, 14) crosses above 30 { size 1  unprotected }
  exit long "stop" at stop position_price - reach when position_size > 0
  exit long "target" at limit position_price + reach when position_size > 0
}
