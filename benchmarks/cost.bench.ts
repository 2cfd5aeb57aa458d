import { indicators, type Indicator } from "@bitfever/engine";

/*
 * Whether a bar costs what an indicator says: its time per bar with a long window against that with a short one, on
 * values that wander and on values that fall or rise steadily, where whoever searches a window for its extreme must do it on
 * every bar. Prints those that do otherwise.
 */

const bars = 20_000;
const [short, long] = [16, 256];

/** Ours to the last bit on any machine: a multiplicative generator is random enough here. */
function wandering(start: number): Float64Array {
  let seed = 12_345;
  let level = start;
  return Float64Array.from({ length: bars }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    level *= 1 + (seed / 2_147_483_647 - 0.5) / 100;
    return level;
  });
}

const wander = wandering(100);
const fall = Float64Array.from({ length: bars }, (_, i) => 200 - i / bars);
const rise = fall.map((value) => 300 - value);

function columnsOf({ inputs, fields }: Indicator, middle: Float64Array): Float64Array[] {
  const moved = (share: number): Float64Array => middle.map((value) => value * (1 + share));
  const shares: Partial<Record<string, number>> = { open: 0.001, high: 0.004, low: -0.004, close: -0.001 };
  return [
    ...inputs.map(({ type }) =>
      type === "bool"
        ? middle.map((_, i) => Number(i % 4_096 === 0))
        : type === "bars"
          ? middle.map(() => 5)
          : middle,
    ),
    ...fields.map((name) =>
      name === "volume" ? middle.map((_, i) => 10 + (i % 7)) : moved(shares[name] ?? 0),
    ),
  ];
}

function nanosecondsPerBar(
  indicator: Indicator,
  parameters: readonly number[],
  columns: Float64Array[],
): number {
  const front = indicator.lookback(parameters);
  const wide = columns.map((each) => {
    const column = new Float64Array(front + bars).fill(NaN);
    column.set(each, front);
    return column;
  });
  const outputs = indicator.outputs.map(() => new Float64Array(front + bars));
  let best = Infinity;
  for (let round = 0; round < 6; round++) {
    const state = indicator.start(parameters);
    const start = performance.now();
    indicator.advance(state, parameters, wide, outputs, front, front + bars);
    best = Math.min(best, ((performance.now() - start) * 1e6) / bars);
  }
  return best;
}

/** All lengths as given, but for the shortest of those that `mavp` chooses from. */
const parametersOf = ({ parameters }: Indicator, length: number): number[] =>
  parameters.map(({ name, type, minimum, default: usual = Math.max(1, minimum) }) =>
    type === "bars" && name !== "least" ? length : usual,
  );

console.log(`cost of a bar, ns, with windows of ${short} and ${long}: those that are not what they say`);
let wrong = 0;
for (const indicator of indicators) {
  if (!indicator.parameters.some(({ type }) => type === "bars")) continue;
  const growth = [wander, fall, rise].map((middle) => {
    const columns = columnsOf(indicator, middle);
    const [little, much] = [short, long].map((length) =>
      nanosecondsPerBar(indicator, parametersOf(indicator, length), columns),
    );
    return { little, much, ratio: much / little };
  });
  const most = Math.max(...growth.map(({ ratio }) => ratio));
  if (indicator.cost === (most > 4 ? "window" : "constant")) continue;
  wrong++;
  const shown = growth.map(({ little, much }) => `${little.toFixed(1)} → ${much.toFixed(1)}`).join(", ");
  console.log(`  ${indicator.name.padEnd(32)} says ${indicator.cost}: ${shown}`);
}
console.log(wrong === 0 ? "  none" : `  ${wrong} of ${indicators.length}`);
