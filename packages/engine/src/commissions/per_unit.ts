import { between, defineCommission } from "../commission.js";
import { nearestFraction } from "../fraction.js";

export const per_unit = defineCommission({
  name: "per_unit",
  summary:
    "Money for each share, contract or coin, with a least for an order and a most as a share of its value; where they contradict each other, the most holds.",
  source: "Brokers of stocks and futures in the United States.",
  on(instrument, [amount, minimum, maximum]) {
    const perUnit = instrument.perUnit(amount);
    const least = instrument.money(minimum);
    const most = maximum === null ? null : nearestFraction(maximum);
    return (value, quantity) =>
      between(least, perUnit(quantity), most === null ? Infinity : instrument.share(value, most));
  },
  isOfWholeOrder: ([, minimum, maximum]) => minimum !== 0 || maximum !== null,
});
