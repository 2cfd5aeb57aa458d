edition 2026

// Always in the market, with the last change of the middle of the bar.
strategy "Middle turns" on 15m {
  let step = change(hl2, 1)

  enter long when step crosses above 0 { size 1  unprotected }
  enter short when step crosses below 0 { size 1  unprotected }
}
