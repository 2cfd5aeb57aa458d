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
  const moved = { open: zeros(time), high: zeros(time), low: zeros(time), close: zeros(time) };
  const volume = zeros(time);
  const moving = zeros(time);
  for (const [m, bars] of members.entries()) {
    let before = NaN;
    for (let i = 0; i < bars.length; i++) {
      const moment = momentOf[m][i];
      if (!Number.isNaN(bars.volume[i])) volume[moment] += bars.volume[i];
      if (before > 0 && bars.close[i] > 0) {
        moving[moment]++;
        for (const name of priceNames) moved[name][moment] += bars[name][i] / before;
      }
      if (bars.close[i] > 0) before = bars.close[i];
    }
  }
  let level = 100;
  for (let i = 0; i < time.length; i++) {
    for (const name of priceNames)
      moved[name][i] = moving[i] === 0 ? level : (level * moved[name][i]) / moving[i];
    level = moved.close[i];
  }
  return barsOf(`${members.length} symbols, equal weight`, { time, ...moved, volume });
}

const priceNames = ["open", "high", "low", "close"] as const;
const zeros = ({ length }: Float64Array): Float64Array => new Float64Array(length);
