/*
 * Why a strategy does not trade as its list says, or is not written. The test holds to both sides: what stands here must
 * differ, and what does not must agree in every trade.
 */

const rate =
  "sizes are shares of an account in dollars at the day's rate of the tether, and an account here is in the market's money";
const placed =
  "an entry on the other side trades what was missing when it was placed, here what is missing when it fills";
const fromFill =
  "an exit lies so many ticks from the price that the entry is filled at, and works on the bar of the fill";

export const reasons: Readonly<Record<string, string>> = {
  "analyzer-parity-percent-of-equity-sizing-01": rate,
  "analyzer-parity-stop-limit-timing-01":
    "one target lies less than a ten-thousandth of a tick above a tick and fills there, here a tick further",
  "bracket-atr-trail-series-int-points-01": fromFill,
  "bracket-exit-three-way-set-once-entry-01": fromFill,
  "bracket-narrow-stop-limit-with-trail8-01": fromFill,
  "bracket-trail-points-no-offset-explicit-01": fromFill,
  "bracket-trailing-activation-offset-path-01":
    "a trail that is sent after the entry and starts some ticks from its fill; a trail belongs to the entry here",
  "composite-bracket-cap-range-pending-stop-01":
    "the fifth fill of a day, be it an entry or an exit, closes the position at once; a limit here counts entries that are sent",
  "composite-ies-equity-feedback-sizing-01": rate,
  "ltf-numeric-float-ratio15-01": "reads the minutes inside a bar, and the data has none",
  "magnifier-tick-dist-endpoints-rsi-cross-08a": "fills by the minutes inside a bar, and the data has none",
  "order-deferred-flip-guaranteed-gap-stops-01": placed,
  "order-dual-four-bar-stop-no-close-01": placed,
  "order-dual-stop-both-touch-priority-01": placed,
  "order-dual-stop-far-only-01": placed,
  "order-dual-stop-open-high-first-path-01": placed,
  "order-dual-stop-open-tie-01": placed,
  "order-dual-stop-source-order-short-first-01": placed,
  "order-flip-stop-no-paired-close-01": placed,
  "order-percent-equity-cash-commission-01": `${rate}; and a commission is a fixed sum an order`,
  "order-same-id-stop-minute-zero-01": placed,
  "order-same-id-stop-raise-only-01": placed,
  "order-stale-stop-after-close-no-cancel-01": placed,
  "order-stop-entry-cancel-opposite-01": placed,
  "pyramid-flip-stop-pyramiding-2-01": placed,
};
