edition 2026

// Buys where the close of the last day is new and below nearly all of twenty bars, and sells short where it
// is above nearly all of them.
strategy "Rank of the day" on 15m {
  on 1d { let daily = close }

  let last = latest(daily)
  let rank = count(for k in 1..19: last[k] <= last or else false) / 19

  enter long when ready(last) and rank < 10% { size 1  unprotected }
  enter short when rank > 90% { size 1  unprotected }
}
