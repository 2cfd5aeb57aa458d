import fc from "fast-check";
import { barsOf, type Bars, type Settings } from "bitfever";
import { defaultSettings } from "@bitfever/engine";

export const day = 86_400_000;
export const start = Date.UTC(2024, 0, 1);
export const exact: Settings = { ...defaultSettings, tick: 0.01, lot: 1, money_decimals: 2 };

export interface Path {
  readonly first: number;
  readonly moves: readonly number[];
  readonly holes: readonly boolean[];
}

/** Daily bars that begin late, miss some days, and wander. */
export const path: fc.Arbitrary<Path> = fc.record({
  first: fc.integer({ min: 0, max: 20 }),
  moves: fc.array(fc.integer({ min: -300, max: 320 }), { minLength: 90, maxLength: 90 }),
  holes: fc.array(fc.boolean(), { minLength: 90, maxLength: 90 }),
});

export function barsOfPath(
  symbol: string,
  { first, moves, holes }: Path,
  hasHoles = true,
  traded = 1_000,
): Bars {
  const rows: number[][] = [];
  let last = 50;
  moves.forEach((move, i) => {
    const open = last;
    last = Math.max(1, Math.round(last * 100 + move) / 100);
    const isThere = i >= first && !(hasHoles && holes[i] && i % 5 === 2);
    if (isThere)
      rows.push([start + i * day, open, Math.max(open, last) + 0.5, Math.min(open, last) - 0.5, last]);
  });
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]);
  const [time, open, high, low, close] = [0, 1, 2, 3, 4].map(column);
  return barsOf(symbol, { time, open, high, low, close, volume: time.map(() => traded) });
}

export const universe = fc
  .array(path, { minLength: 2, maxLength: 6 })
  .map((paths) => paths.map((each, i) => barsOfPath(`S${i}`, each)));

export const rotation = `strategy "Rotation" on 1d {
  universe
  let score = close / close[5] - 100%
  rebalance every 1w { hold top 2 by score where rank(volume * close) <= 4 weight equal }
}`;

const byRules = `strategy "Rules" on 1d {
  universe
  enter long when close > sma(close, 3) and top(close, 3) { size 20% of equity stop at close - 2 }
  exit long when close < sma(close, 3)
}`;

export const byRisk = ["inverse_volatility", "risk_parity", "minimum_variance"].map(
  (weight) => `strategy "Risk" on 1d {
  universe
  rebalance every 1w {
    hold top 4 by close / close[5] weight ${weight}(8) capped 40% redistributed exposure 90% band 1%
  }
}`,
);

export const texts = [rotation, byRules, ...byRisk];
