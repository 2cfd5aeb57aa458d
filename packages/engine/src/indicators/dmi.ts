import { downwardMovement, trueRange, upwardMovement } from "../directional.js";
import { defineIndicator, gapsOfChanges, length } from "../indicator.js";

export const dmi = defineIndicator({
  name: "dmi",
  summary: "Directional movement index",
  description:
    "Movement up (`plus`) and down (`minus`) as percentages of the true range, all three as Wilder's averages over " +
    "`length` bars, and the average over `smoothing` bars of how far the two lie apart (`adx`). The averages begin with a " +
    "plain mean, where `plus_di`, `minus_di` and `adx` begin with TA-Lib's sum of one value less; the two come together " +
    "with time. 0 where there was no range, and where nothing has moved. All begin with `adx`, and a bar without a value is " +
    "passed over.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); Pine v6 ta.dmi",
  formula:
    "plus = 100 × rma(+DM) / rma(true range); minus likewise; adx = 100 × rma(|plus − minus| / (plus + minus), smoothing)",
  memory: "endless",
  seeding: "All averages are seeded with the mean of their first values.",
  gaps: gapsOfChanges,
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14 }), { name: "smoothing", type: "bars", minimum: 1, default: 14 }],
  outputs: [
    { name: "plus", type: "ratio" },
    { name: "minus", type: "ratio" },
    { name: "adx", type: "ratio" },
  ],
  warmup: ([length, smoothing]) => length + smoothing - 1,
  lookback: () => 1,
  start: () => ({ seen: 0, up: 0, down: 0, range: 0, smoothed: 0, average: 0 }),
  advance(state, [length, smoothing], [high, low, close], [plus, minus, adx], from, to) {
    let { seen, up, down, range, smoothed, average } = state;
    for (let i = from; i < to; i++) {
      plus[i] = minus[i] = adx[i] = NaN;
      const upward = upwardMovement(high, low, i);
      const downward = downwardMovement(high, low, i);
      const width = trueRange(high, low, close, i);
      if (upward + width !== upward + width) continue;
      // Wilder's average of the first values is their mean.
      if (seen < length) seen++;
      const weight = 1 / seen;
      up += weight * (upward - up);
      down += weight * (downward - down);
      range += weight * (width - range);
      if (seen < length) continue;
      const rising = range === 0 ? 0 : (100 * up) / range;
      const falling = range === 0 ? 0 : (100 * down) / range;
      const sum = rising + falling;
      if (smoothed < smoothing) smoothed++;
      average += ((sum === 0 ? 0 : (100 * Math.abs(rising - falling)) / sum) - average) / smoothed;
      if (smoothed < smoothing) continue;
      plus[i] = rising;
      minus[i] = falling;
      adx[i] = average;
    }
    state.seen = seen;
    state.up = up;
    state.down = down;
    state.range = range;
    state.smoothed = smoothed;
    state.average = average;
  },
  examples: [
    // Movements up 2, 1, 0 average 1.5 and 0.75; down 0, 0, 2 average 0 and 1; ranges 3, 2, 3 average 2.5 and 2.75.
    {
      parameters: [2, 1],
      inputs: { high: [10, 12, 13, 11], low: [8, 10, 12, 10], close: [9, 11, 12, 10] },
      outputs: {
        plus: [null, null, 60, 75 / 2.25],
        minus: [null, null, 0, 100 / 2.25],
        adx: [null, null, 100, 100 / 7],
      },
    },
    // Apart by 100 and 100 / 7: nothing before both are there.
    {
      parameters: [2, 2],
      inputs: { high: [10, 12, 13, 11], low: [8, 10, 12, 10], close: [9, 11, 12, 10] },
      outputs: {
        plus: [null, null, null, 75 / 2.25],
        minus: [null, null, null, 100 / 2.25],
        adx: [null, null, null, 400 / 7],
      },
    },
  ],
});
