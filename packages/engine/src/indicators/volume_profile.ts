import { defineIndicator } from "../indicator.js";

/** The rows are no finer than this part of the first price. */
const finest = 2 ** -20;

export const volume_profile = defineIndicator({
  name: "volume_profile",
  summary: "Volume profile",
  description:
    "At which prices the volume since the last bar on which `anchor` was true was traded, that one included: " +
    "`volume_profile(hlc3, session_bar == 0)` is that of the session so far. All volume of a bar counts at its price. `poc` is " +
    "the middle of the row with the most volume, the lowest of equals; `low` and `high` are the edges of the value area: from " +
    "there the larger neighbour is taken in, the upper of equals, until it holds `share` of the volume. The height of a row is " +
    "the power of two with which the prices need at most `rows` rows, and rows begin at multiples of it. No value before the anchor.",
  source: "Steidlmayer, Markets and Market Logic (1986), with volume in the place of time",
  formula: "row = ⌊price / 2ᵏ⌋ with the least k for which ⌊highest / 2ᵏ⌋ − ⌊lowest / 2ᵏ⌋ < rows",
  memory: "endless",
  seeding: "Starts anew on every anchor, with rows of about a millionth of the price.",
  gaps: { described: "It is passed over." },
  isShiftBound: () => true,
  cost: "window",
  inputs: [
    { name: "source", type: "price" },
    { name: "anchor", type: "bool" },
  ],
  fields: ["volume"],
  parameters: [
    { name: "rows", type: "bars", minimum: 2, default: 64 },
    { name: "share", type: "number", minimum: 0, default: 0.7 },
  ],
  outputs: [
    { name: "poc", type: "price" },
    { name: "high", type: "price" },
    { name: "low", type: "price" },
  ],
  warmup: () => 0,
  lookback: () => 0,
  // A row lies in the slot of its number modulo `rows`, so that a wider range moves none of them.
  start: ([rows]) => ({ height: NaN, lowest: Infinity, highest: -Infinity, volumes: new Float64Array(rows) }),
  advance(state, [rows, share], [source, anchor, volume], [poc, high, low], from, to) {
    const slotOf = (row: number): number => ((row % rows) + rows) % rows;
    for (let i = from; i < to; i++) {
      poc[i] = high[i] = low[i] = NaN;
      if (anchor[i] === 1) {
        state.height = 0;
        state.lowest = Infinity;
        state.highest = -Infinity;
        state.volumes.fill(0);
      }
      const price = source[i];
      if (state.height !== state.height || price + volume[i] !== price + volume[i]) continue;
      if (state.height === 0) state.height = 2 ** Math.floor(Math.log2((Math.abs(price) || 1) * finest));
      for (;;) {
        const row = Math.floor(price / state.height);
        const bottom = Math.min(state.lowest, row);
        const top = Math.max(state.highest, row);
        if (top - bottom < rows) {
          state.lowest = bottom;
          state.highest = top;
          state.volumes[slotOf(row)] += volume[i];
          break;
        }
        // Rows twice as high, each of two of those before.
        const merged = new Float64Array(rows);
        for (let each = state.lowest; each <= state.highest; each++)
          merged[slotOf(Math.floor(each / 2))] += state.volumes[slotOf(each)];
        state.volumes = merged;
        state.lowest = Math.floor(state.lowest / 2);
        state.highest = Math.floor(state.highest / 2);
        state.height *= 2;
      }
      const { lowest, highest, height, volumes } = state;
      let fullest = lowest;
      let total = 0;
      for (let row = lowest; row <= highest; row++) {
        total += volumes[slotOf(row)];
        if (volumes[slotOf(row)] > volumes[slotOf(fullest)]) fullest = row;
      }
      let bottom = fullest;
      let top = fullest;
      let held = volumes[slotOf(fullest)];
      while (held < share * total && (bottom > lowest || top < highest)) {
        const above = top < highest ? volumes[slotOf(top + 1)] : -1;
        const below = bottom > lowest ? volumes[slotOf(bottom - 1)] : -1;
        if (above >= below) {
          held += above;
          top++;
        } else {
          held += below;
          bottom--;
        }
      }
      poc[i] = (fullest + 0.5) * height;
      high[i] = (top + 1) * height;
      low[i] = bottom * height;
    }
  },
  examples: [
    // Prices of 4 and 6 need rows of 2: from 4 and from 6. That of 11 needs rows of 4: from 4 and from 8.
    {
      parameters: [2, 0.5],
      inputs: { source: [9, 4, 6, 11], anchor: [0, 1, 0, 0], volume: [1, 3, 1, 9] },
      outputs: { poc: [null, 4 + 2 ** -19, 5, 10], high: [null, 4 + 2 ** -18, 6, 12], low: [null, 4, 4, 8] },
    },
  ],
});
