import { between, defineCommission } from "../commission.js";
import { nearestFraction } from "../fraction.js";

export const share = defineCommission({
  name: "share",
  summary:
    "A share of the traded value, with a least and a most for an order. `commission 0.1%` is `share(0.1%)`.",
  source: "Most brokers of stocks in Europe, and venues with one fee for all.",
  on(instrument, [rate, minimum, maximum]) {
    const fraction = nearestFraction(rate);
    const least = instrument.money(minimum);
    const most = maximum === null ? Infinity : instrument.money(maximum);
    return (value) => between(least, instrument.share(value, fraction), most);
  },
  shareOf: ([rate, minimum, maximum]) => (minimum === 0 && maximum === null ? nearestFraction(rate) : null),
  isOfWholeOrder: ([, minimum, maximum]) => minimum !== 0 || maximum !== null,
});
