import type { SymbolBar } from "../desk/input.js";
import type { ClosedBars } from "../live/live-trading.js";
import type { BarDrift } from "./drift-report.js";

/**
 * Bars that a live run heard otherwise than they are in the history, in order of time.
 *
 * @param history  left out, only what came late is known
 * @param patienceMs  how long after its close a bar may be heard and is not late
 */
export function barDrifts(
  heard: readonly (ClosedBars & { readonly at: number })[],
  history: readonly ClosedBars[] | undefined,
  patienceMs: number,
): readonly BarDrift[] {
  const drifts: BarDrift[] = [];
  for (const { at, closedAt, bars } of heard)
    if (at - closedAt > patienceMs)
      for (const { symbol, bar } of bars)
        drifts.push({ what: "late", symbol, time: bar.time, lateMs: at - closedAt });
  if (history !== undefined) {
    const [ours, theirs] = [byStamp(heard), byStamp(history)];
    for (const [key, { symbol, bar }] of theirs) {
      const own = ours.get(key);
      if (own === undefined) drifts.push({ what: "missing", symbol, time: bar.time });
      else if (!isSame(own, { symbol, bar })) drifts.push({ what: "revised", symbol, time: bar.time });
    }
    for (const [key, { symbol, bar }] of ours)
      if (!theirs.has(key)) drifts.push({ what: "extra", symbol, time: bar.time });
  }
  return drifts.sort((a, b) => a.time - b.time);
}

type Stamped = Pick<SymbolBar, "symbol" | "bar">;

const byStamp = (closed: readonly ClosedBars[]): ReadonlyMap<string, SymbolBar> =>
  new Map(
    closed
      .flatMap(({ bars }) => bars)
      .map((each) => [`${each.bar.time} ${each.intervalMs} ${each.symbol}`, each]),
  );

const isSame = ({ bar: a }: Stamped, { bar: b }: Stamped): boolean =>
  (["open", "high", "low", "close", "volume"] as const).every((name) => Object.is(a[name], b[name]));
