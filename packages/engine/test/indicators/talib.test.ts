import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { functions } from "../../src/functions/index.generated.js";
import { indicators } from "../../src/indicators/index.generated.js";
import { hasShared, shared } from "../../../../test/support/shared.js";
import { runIndicator } from "../../src/indicator-laws/run-alone.js";
import { candles } from "./talib/candles.js";
import type { Comparisons } from "./talib/comparison.js";
import { cycles } from "./talib/cycles.js";
import { directional } from "./talib/directional.js";
import { first } from "./talib/first.js";
import { momentum } from "./talib/momentum.js";
import { overlap } from "./talib/overlap.js";
import { statistics } from "./talib/statistics.js";
import { transforms } from "./talib/transforms.js";

/* TA-Lib's own results on real bars. "Exact" is every bit; the others differ in the order of a few additions. */

interface Entry {
  readonly function: string;
  readonly dataset: string;
  readonly paramset: string;
  readonly params: Readonly<Record<string, number>>;
  readonly outputs: readonly string[];
  readonly begIdx: number;
  readonly file: string;
}

const comparisons: Comparisons = {
  ...first,
  ...overlap,
  ...momentum,
  ...directional,
  ...statistics,
  ...cycles,
  ...candles,
  ...transforms,
};

const text = (path: string): string => gunzipSync(readFileSync(shared(path))).toString();

function table(path: string): Map<string, Float64Array> {
  const [header, ...rows] = text(path)
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  return new Map(
    header.map((name, i) => [name, Float64Array.from(rows, (row) => (row[i] === "" ? NaN : Number(row[i])))]),
  );
}

/** The bars, and the series made of them that some functions were run on. */
function seriesOf(dataset: string): Map<string, Float64Array> {
  const bars = table(`oracles/bars/${dataset}.csv.gz`);
  const [open, close] = ["open", "close"].map((name) => bars.get(name) ?? new Float64Array(0));
  bars.set(
    "share",
    close.map((value, i) => (value - open[i]) / value),
  );
  bars.set(
    "periods",
    close.map((_, i) => 2 + (i % 29)),
  );
  return bars;
}

const isThere = hasShared("oracles/talib/manifest.json", "indicators against TA-Lib");

describe.skipIf(!isThere)("against TA-Lib", () => {
  const { entries } = isThere
    ? (JSON.parse(readFileSync(shared("oracles/talib/manifest.json"), "utf8")) as { entries: Entry[] })
    : { entries: [] };
  it("has all of its functions", () => {
    expect(new Set(entries.map((each) => each.function)).size).toBe(161);
    expect(entries.filter((each) => !Object.hasOwn(comparisons, each.function))).toEqual([]);
  });

  it("calls them by its names, but where the name is Pine's or a word of JavaScript", () => {
    const others = Object.entries(comparisons).filter(([name, { ours }]) => ours !== name.toLowerCase());
    const names = Object.fromEntries(others.map(([name, { ours }]) => [ours, { talib: name }]));
    expect(names).toEqual({
      highest: { talib: "MAX" },
      lowest: { talib: "MIN" },
      variance: { talib: "VAR" },
    });
    for (const each of indicators) expect(each.names?.talib, each.name).toBe(names[each.name]?.talib);
  });

  it("has the same defaults", () => {
    const ofTalib = new Map(
      entries.filter((each) => each.paramset === "default").map((each) => [each.function, each]),
    );
    for (const [name, { ours, parameters }] of Object.entries(comparisons)) {
      const entry = ofTalib.get(name);
      const indicator = indicators.find((each) => each.name === ours);
      if (entry === undefined || indicator === undefined) continue;
      const defaults = indicator.parameters.map((each) => each.default);
      expect(defaults, ours).toEqual(parameters(entry.params));
    }
  });

  it.each(
    entries.map(
      (entry) =>
        [`${entry.function} ${entry.dataset} ${entry.paramset}`, entry, comparisons[entry.function]] as const,
    ),
  )("%s", (_title, entry, { ours, parameters, tolerance, inputs: series }) => {
    const indicator = [...indicators, ...functions].find((each) => each.name === ours);
    if (indicator === undefined) throw new Error(`no indicator ${ours}`);
    const bars = seriesOf(entry.dataset);
    const expected = table(`oracles/talib/${entry.file}.gz`);
    const names = [...(series ?? indicator.inputs.map(() => "close")), ...indicator.fields];
    const inputs = names.map((name) => bars.get(name) ?? new Float64Array(0));
    const given = parameters(entry.params);
    expect(indicator.warmup(given)).toBe(entry.begIdx);
    const found = runIndicator(indicator, given, inputs);
    entry.outputs.forEach((name, i) => {
      const column = expected.get(name) ?? new Float64Array(0);
      expect(column.length).toBe(found[i].length);
      column.forEach((value, bar) => {
        const difference = Math.abs(found[i][bar] - value) / Math.max(1, Math.abs(value));
        if (Number.isNaN(value)) expect(found[i][bar], `${name}[${bar}]`).toBeNaN();
        else
          expect(difference, `${name}[${bar}] is ${found[i][bar]}, TA-Lib has ${value}`).toBeLessThanOrEqual(
            tolerance,
          );
      });
    });
  });
});
