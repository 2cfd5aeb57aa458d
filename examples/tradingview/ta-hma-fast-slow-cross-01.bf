edition 2026

// Always in the market, with crosses of two of Hull's averages.
strategy "Hull averages" on 15m {
  let fast = hma(close, 9)
  let slow = hma(close, 21)

  enter long when fast crosses above slow { size 1  unprotected }
  enter short when fast crosses below slow { size 1  unprotected }
}
