edition 2026

// Always in the market, turning with the supertrend.
strategy "Supertrend" on 15m {
  param factor: number = 3  in 0.5..10 step 0.1
  param length: bars   = 10 in 2..100

  let direction = supertrend(factor, length).direction

  enter long when direction crosses below 0 { size 1  unprotected }
  enter short when direction crosses above 0 { size 1  unprotected }
}
