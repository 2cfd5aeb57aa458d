edition 2026

// Trades crosses of two fast averages for fifteen ticks, or seven against it, from the bar after the entry on.
strategy "Few ticks" on 15m {
  let fast = ema(close, 5)
  let slow = ema(close, 13)

  enter long when fast crosses above slow { size 1  unprotected }
  enter short when fast crosses below slow { size 1  unprotected }

  exit long "stop" at stop position_price - 7 ticks when position_size > 0
  exit long "target" at limit position_price + 15 ticks when position_size > 0
  exit short "stop above" at stop position_price + 7 ticks when position_size < 0
  exit short "target below" at limit position_price - 15 ticks when position_size < 0
}
