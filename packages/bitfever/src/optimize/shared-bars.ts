import type { Bars } from "@bitfever/engine";
import type { TrialInput } from "./trial.js";

/** The same with all columns of bars on memory that threads share, so that sending them copies nothing. */
export function onSharedMemory(input: TrialInput): TrialInput {
  const { markets, rates, finer } = input.settings;
  return {
    ...input,
    bars: input.bars.map(sharedBars),
    settings: {
      ...input.settings,
      ...(markets && { markets: allShared(markets) }),
      ...(rates && { rates: allShared(rates) }),
      ...(finer && { finer: sharedBars(finer) }),
    },
  };
}

const allShared = (bars: Readonly<Record<string, Bars>>): Record<string, Bars> =>
  Object.fromEntries(Object.entries(bars).map(([name, each]) => [name, sharedBars(each)]));

function sharedBars({ symbol, intervalMs, length, ...columns }: Bars): Bars {
  const { time, open, high, low, close, volume } = columns;
  return {
    ...{ symbol, intervalMs, length, time: sharedColumn(time), open: sharedColumn(open) },
    ...{ high: sharedColumn(high), low: sharedColumn(low), close: sharedColumn(close) },
    volume: sharedColumn(volume),
  };
}

function sharedColumn(column: Float64Array): Float64Array {
  if (column.buffer instanceof SharedArrayBuffer) return column;
  const shared = new Float64Array(new SharedArrayBuffer(column.byteLength));
  shared.set(column);
  return shared;
}
