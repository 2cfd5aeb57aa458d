edition 2026

// Turns where the money flow index comes back from twenty or from eighty.
strategy "Money flow" on 15m {
  let flow = mfi(14)

  enter long when flow crosses above 20 { size 1  unprotected }
  enter short when flow crosses below 80 { size 1  unprotected }
}
