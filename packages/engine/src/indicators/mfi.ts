import { defineIndicator, length } from "../indicator.js";
import { barsBetweenRebuilds } from "../rebuild.js";

export const mfi = defineIndicator({
  name: "mfi",
  summary: "Money flow index",
  description:
    "Of the money traded (typical price times volume) over the last `length` bars, the " +
    "percentage on bars whose typical price rose; bars where it stayed count on neither side. As in TA-Lib it is 0 where less than one unit of money flowed. A bar without " +
    "a value starts the window anew.",
  source: "Quong and Soudack, Volume-weighted RSI: Money Flow (1989); TA-Lib 0.6 MFI, to the bit",
  formula: "100 × Σ rising flow / Σ flow; flow = typical × volume, rising where typical > typical[1]",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["high", "low", "close", "volume"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: () => 1,
  // The flows of the window are kept in rings: a column would have to be read back and multiplied out again.
  start: ([length]) => ({
    seen: 0,
    gain: 0,
    loss: 0,
    gains: new Float64Array(length),
    losses: new Float64Array(length),
  }),
  advance(state, [length], [high, low, close, volume], [out], from, to) {
    const { gains, losses } = state;
    let { seen, gain, loss } = state;
    for (let i = from; i < to; i++) {
      const typical = (high[i] + low[i] + close[i]) / 3;
      const change = typical - (high[i - 1] + low[i - 1] + close[i - 1]) / 3;
      const flow = typical * volume[i];
      out[i] = NaN;
      if (change + flow !== change + flow) {
        if (seen > 0) {
          gains.fill(0);
          losses.fill(0);
        }
        seen = 0;
        gain = 0;
        loss = 0;
        continue;
      }
      const at = seen % length;
      gain -= gains[at];
      loss -= losses[at];
      gains[at] = change > 0 ? flow : 0;
      losses[at] = change < 0 ? flow : 0;
      gain += gains[at];
      loss += losses[at];
      seen++;
      if (seen < length) continue;
      const total = gain + loss;
      out[i] = total < 1 ? 0 : 100 * (gain / total);
      if (seen % barsBetweenRebuilds === 0) {
        gain = 0;
        loss = 0;
        for (let k = 0; k < length; k++) {
          gain += gains[k];
          loss += losses[k];
        }
      }
    }
    state.seen = seen;
    state.gain = gain;
    state.loss = loss;
  },
  examples: [
    {
      // Typical prices 2, 3, 1, 1, 2: flows of +30, -10, none, +8.
      parameters: [2],
      inputs: {
        high: [3, 4, 2, 2, 3],
        low: [1, 2, 0, 0, 1],
        close: [2, 3, 1, 1, 2],
        volume: [5, 10, 10, 9, 4],
      },
      outputs: { value: [null, null, 75, 0, 100] },
    },
  ],
});
