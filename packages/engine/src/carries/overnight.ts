import { defineCarry, perNight } from "../carry.js";
import { signedShare } from "../signed-share.js";

export const overnight = defineCarry({
  name: "overnight",
  summary:
    "Financing of contracts for difference and of currencies: a share of the position's value a year, by nights of 365 a year, one rate for long and one for short positions. A rate below zero is paid to the holder.",
  source: "Swap rates and overnight financing of brokers of CFDs and currencies.",
  on(instrument, [long, short]) {
    const ofLong = signedShare(instrument, perNight(long));
    const ofShort = signedShare(instrument, perNight(short));
    return ({ value, nights }) => (value > 0 ? ofLong(value * nights) : ofShort(-value * nights));
  },
});
