import { expect, it } from "vitest";
import { portsOf, type Port } from "../../src/indicator-laws/trial.js";
import { runIndicator } from "../../src/indicator-laws/run-alone.js";
import type { Indicator } from "../../src/indicator.js";
import { indicators } from "../../src/indicators/index.generated.js";

/*
 * Nothing drifts: after a long history an indicator says what one says that has seen its end alone. Nightly the history
 * has ten million bars.
 */

const block = 50_000;
const bars = Math.ceil(Number(process.env["LAW_BARS"] ?? 200_000) / block) * block;
/** Compared at the end of the history, after as many bars as let averages forget where they began. */
const compared = 1_000;
const forgotten = 30_000;

/** A number from 0 up to 1 for a bar that looks like chance. */
function chance(bar: number, salt: number): number {
  let mixed = Math.imul(bar + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** Up to ten times and down to a tenth within a million bars, with a standstill now and then. */
function closeOf(bar: number): number {
  const moving = bar % 5_000 < 100 ? bar - (bar % 5_000) : bar;
  const level = 100 * Math.exp(2.3 * Math.sin(moving / 160_000) + 0.05 * Math.sin(moving / 37));
  return level * (1 + 0.01 * (chance(moving, 0) - 0.5));
}

const openOf = (bar: number): number => closeOf(Math.max(0, bar - 1));
const series: Readonly<Record<string, (bar: number) => number>> = {
  open: openOf,
  high: (bar) => Math.max(openOf(bar), closeOf(bar)) * (1 + 0.002 * chance(bar, 1)),
  low: (bar) => Math.min(openOf(bar), closeOf(bar)) * (1 - 0.002 * chance(bar, 2)),
  close: closeOf,
  volume: (bar) => Math.floor(1_000 + 1e6 * chance(bar, 3)),
  condition: (bar) => Number(bar % 390 === 0),
  periods: (bar) => 2 + (bar % 29),
};
const names = Object.keys(series);

/** The series for a port: a field by its name, a free price by its place. */
function seriesFor({ name, type }: Port, place: number): string {
  if (names.includes(name)) return name;
  if (type === "bool") return "condition";
  if (type === "bars") return "periods";
  return ["close", "open", "high", "low"][place % 4];
}

const parametersOf = ({ parameters }: Indicator): number[] =>
  parameters.map(
    (each) => each.default ?? (each.type === "bars" ? Math.max(20, each.minimum) : each.minimum),
  );

/** A history from a bar on, with its first `front` bars before it. */
const history = (front: number, length: number): Map<string, Float64Array> =>
  new Map(names.map((name) => [name, new Float64Array(front + length)]));

const runs = indicators.map((indicator) => ({ indicator, parameters: parametersOf(indicator) }));
const front = Math.max(...runs.map(({ indicator, parameters }) => indicator.lookback(parameters)));

/** What each makes of all bars, on the last ones. */
function afterAll(): ReadonlyMap<string, readonly Float64Array[]> {
  const columns = history(front, block);
  for (const column of columns.values()) column.fill(NaN);
  const going = runs.map(({ indicator, parameters }) => ({
    indicator,
    parameters,
    state: indicator.start(parameters),
    inputs: portsOf(indicator).map(
      (port, place) => columns.get(seriesFor(port, place)) ?? new Float64Array(0),
    ),
    outputs: indicator.outputs.map(() => new Float64Array(front + block)),
  }));
  for (let from = 0; from < bars; from += block) {
    for (const [name, column] of columns) {
      column.copyWithin(0, block);
      for (let i = 0; i < block; i++) column[front + i] = series[name](from + i);
    }
    for (const { indicator, state, parameters, inputs, outputs } of going)
      indicator.advance(state, parameters, inputs, outputs, front, front + block);
  }
  return new Map(
    going.map(({ indicator, outputs }) => [indicator.name, outputs.map((each) => each.slice(-compared))]),
  );
}

/** Some count from the first bar on: of a sum what came to it on the last bars is compared, of a product by how much it grew. */
const sums = ["ad", "cum", "maxindex", "minindex", "minmaxindex", "obv", "pvt", "wad"];
const products = ["nvi", "pvi"];
/** These are one of the values they have seen. */
const exact = ["cummax", "cummin"];

function sinceThen(name: string, values: Float64Array): Float64Array {
  if (sums.includes(name)) return values.map((value) => value - values[0]);
  return products.includes(name) ? values.map((value) => value / values[0]) : values;
}

const long = afterAll();
const lasting = runs.filter(({ indicator }) => !exact.includes(indicator.name));

it.each(lasting.map((each) => [each.indicator.name, each] as const))(
  "%s",
  (name, { indicator, parameters }) => {
    const length = forgotten + compared;
    const inputs = portsOf(indicator).map((port, place) =>
      Float64Array.from({ length }, (_, i) => series[seriesFor(port, place)](bars - length + i)),
    );
    const short = runIndicator(indicator, parameters, inputs).map((each) => each.slice(-compared));
    long.get(name)?.forEach((output, i) => {
      const size = output.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 1);
      const [found, expected] = [output, short[i]].map((each) => sinceThen(name, each));
      found.forEach((value, bar) => {
        if (Number.isNaN(expected[bar])) expect(value).toBeNaN();
        else expect(Math.abs(value - expected[bar]) / size).toBeLessThanOrEqual(1e-9);
      });
    });
  },
);
