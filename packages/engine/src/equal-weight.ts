import { barsOf, type Bars } from "./bars.js";

/**
 * What holding the same of each member would have come to: an index of 100 at the start that moves with the mean of the
 * members' moves since their bars before. Who has no bar at a moment, or none before, does not move it.
 *
 * @param time      the moments at which some member has a bar
 * @param momentOf  for each member, for each of its bars, the place among the moments
 */
export function equalWeight(
  members: readonly Bars[],
  { time, momentOf }: { readonly time: Float64Array; readonly momentOf: readonly Int32Array[] },
): Bars {
  const zeros = (): Float64Array => new Float64Array(time.length);
  const [open, high, low, close, volume] = [zeros(), zeros(), zeros(), zeros(), zeros()];
  const moving = zeros();
  for (const [m, bars] of members.entries()) {
    const moments = momentOf[m];
    let before = NaN;
    for (let i = 0; i < bars.length; i++) {
      const moment = moments[i];
      const last = bars.close[i];
      if (!Number.isNaN(bars.volume[i])) volume[moment] += bars.volume[i];
      if (before > 0 && last > 0) {
        moving[moment]++;
        open[moment] += bars.open[i] / before;
        high[moment] += bars.high[i] / before;
        low[moment] += bars.low[i] / before;
        close[moment] += last / before;
      }
      if (last > 0) before = last;
    }
  }
  let level = 100;
  for (let i = 0; i < time.length; i++) {
    for (const moved of [open, high, low, close])
      moved[i] = moving[i] === 0 ? level : (level * moved[i]) / moving[i];
    level = close[i];
  }
  return barsOf(`${members.length} symbols, equal weight`, { time, open, high, low, close, volume });
}
