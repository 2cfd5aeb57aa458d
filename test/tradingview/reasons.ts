/*
 * Why a strategy does not trade as its list says, or is not written. The test holds to both sides: what stands here must
 * differ, and what does not must agree in every trade.
 */

const rate =
  "sizes are shares of an account in dollars at the day's rate of the tether, and an account here is in the market's money";

export const reasons: Readonly<Record<string, string>> = {
  "analyzer-parity-percent-of-equity-sizing-01": rate,
  "bracket-trailing-activation-offset-path-01":
    "a trail that is sent after the entry and starts some ticks from its fill; a trail belongs to the entry here",
  "composite-bracket-cap-range-pending-stop-01":
    "the fifth fill of a day, be it an entry or an exit, closes the position at once; a limit here counts entries that are sent",
  "composite-ies-equity-feedback-sizing-01": rate,
  "ltf-numeric-float-ratio15-01": "reads the minutes inside a bar, and the data has none",
  "magnifier-tick-dist-endpoints-rsi-cross-08a": "fills by the minutes inside a bar, and the data has none",
  "order-percent-equity-cash-commission-01": `${rate}; and a commission is a fixed sum an order`,
  "pyramid-flip-stop-pyramiding-2-01":
    "a close that is written behind an entry and holds on the same bar counts as done for that entry, and here does not",
};
