import fc from "fast-check";
import { barsOf, type Bars } from "@bitfever/engine";

/** Bars of a wandering price: open near the last close, high and low around both, now and then a gap or a flat bar. */
export function arbitraryBars(given: {
  readonly minLength: number;
  readonly maxLength: number;
}): fc.Arbitrary<Bars> {
  const step = fc.record({
    gap: fc.constantFrom(0, 0, 0, 0.01, -0.01, 0.05, -0.05),
    move: fc.double({ min: -0.03, max: 0.03, noNaN: true }),
    above: fc.double({ min: 0, max: 0.02, noNaN: true }),
    below: fc.double({ min: 0, max: 0.02, noNaN: true }),
    volume: fc.integer({ min: 0, max: 10_000 }),
  });
  return fc.array(step, { ...given, size: "max" }).map((steps) => {
    const column = (): Float64Array => new Float64Array(steps.length);
    const columns = {
      time: column(),
      open: column(),
      high: column(),
      low: column(),
      close: column(),
      volume: column(),
    };
    let last = 100;
    steps.forEach(({ gap, move, above, below, volume }, i) => {
      const open = cents(last * (1 + gap));
      const close = cents(open * (1 + move));
      columns.time[i] = Date.UTC(2024, 0, 1) + i * 900_000;
      columns.open[i] = open;
      columns.high[i] = cents(Math.max(open, close) * (1 + above));
      columns.low[i] = Math.min(open, close, cents(Math.min(open, close) * (1 - below)));
      columns.close[i] = close;
      columns.volume[i] = volume;
      last = close;
    });
    columns.high.forEach((high, i) => {
      columns.high[i] = Math.max(high, columns.open[i], columns.close[i]);
    });
    return barsOf("GENERATED", columns);
  });
}

const cents = (price: number): number => Math.max(0.01, Math.round(price * 100) / 100);
