import { defineCarry, perNight } from "../carry.js";
import { nearestFraction } from "../fraction.js";

export const overnight = defineCarry({
  name: "overnight",
  summary:
    "Financing of contracts for difference and of currencies: a share of the position's value a year, by nights of 365 a year, one rate for long and one for short positions. A rate below zero is paid to the holder.",
  source: "Swap rates and overnight financing of brokers of CFDs and currencies.",
  on(instrument, [long, short]) {
    const rates = [long, short].map((rate) => ({
      each: nearestFraction(Math.abs(perNight(rate))),
      sign: (rate ?? 0) < 0 ? -1 : 1,
    }));
    return ({ value, nights }) => {
      if (value === 0 || nights === 0) return 0;
      const { each, sign } = rates[value > 0 ? 0 : 1];
      return sign * instrument.share(Math.abs(value) * nights, each);
    };
  },
});
