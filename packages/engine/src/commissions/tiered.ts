import { defineCommission } from "../commission.js";
import { nearestFraction, type Fraction } from "../fraction.js";

/** A rate, and the decimal money traded in thirty days from which it holds. */
interface Tier {
  readonly from: number;
  readonly rate: Fraction;
}

export const tiered = defineCommission({
  name: "tiered",
  summary:
    "A share of the traded value that falls with what the account has traded in the thirty days before: `tiered(0.1%, 1_000_000, 0.08%)` is 0.08% from a million on. Up to five rates.",
  source: "Venues of crypto assets, whose fees go by the volume of thirty days.",
  on(instrument, [first, ...more]) {
    const base = nearestFraction(first);
    const tiers: Tier[] = [];
    for (let i = 0; i < more.length; i += 2) {
      const [from, rate] = [more[i], more[i + 1]];
      if (from !== null && rate !== null) tiers.push({ from, rate: nearestFraction(rate) });
    }
    tiers.sort((a, b) => a.from - b.from);
    return (value, _quantity, { turnover }) => {
      const tier = tiers.findLast(({ from }) => turnover >= from);
      return instrument.share(value, tier?.rate ?? base);
    };
  },
  isOfWholeOrder: () => false,
  usesTurnover: true,
});
