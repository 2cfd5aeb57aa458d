import { barsOf, type Bars } from "../../src/index.js";
import { csv } from "../../src/tables.js";

/* Bars and strategies for tests of accounts: enough happens in a few hundred bars. */

const quarterHour = 900_000;
const start = Date.parse("2024-01-02T00:00:00Z");

/** A walk that is always the same for a seed, with bars of a quarter of an hour. */
export function walk(symbol: string, length: number, seed: number, from = start): Bars {
  let state = seed;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  const rows: number[][] = [];
  let last = 100;
  for (let i = 0; i < length; i++) {
    const open = last;
    const close = Math.max(5, open + Math.round(random() * 200) / 100);
    const spread = Math.round(Math.abs(random()) * 100) / 100;
    rows.push([
      from + i * quarterHour,
      open,
      Math.max(open, close) + spread,
      Math.min(open, close) - spread,
      close,
    ]);
    last = close;
  }
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]);
  return barsOf(symbol, {
    ...{ time: column(0), open: column(1), high: column(2), low: column(3), close: column(4) },
    volume: new Float64Array(length).fill(1_000),
  });
}

/** As a file that is read again to the same bars. */
export const barsCsv = (bars: Bars): string =>
  csv(
    ["time", "open", "high", "low", "close", "volume"],
    Array.from(bars.time, (time, i) => [
      new Date(time).toISOString(),
      ...[bars.open[i], bars.high[i], bars.low[i], bars.close[i]].map((each) => Number(each.toFixed(2))),
      bars.volume[i],
    ]),
  );

export const cross = `edition 2026

strategy "Cross" on 15m {
  param fast: bars = 3 in 2..20
  costs { commission 0.01% }
  let quick = sma(close, fast)
  let slow = sma(close, 8)
  enter long "up" when quick crosses above slow { size 10% of equity stop at close - 2 }
  enter short "down" when quick crosses below slow { size 10% of equity stop at close + 2 }
}
`;

export const dip = `edition 2026

strategy "Dip" on 15m {
  enter long "dip" at limit close - 0.4 when close < open { size 20% of equity stop at close - 3 good for 3 bars }
  exit long "up" when close > open + 0.3
}
`;
