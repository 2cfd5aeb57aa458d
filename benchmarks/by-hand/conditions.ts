import type { Bars } from "@bitfever/engine";
import type { Conditions } from "../peers/grademark.js";

/*
 * What the rules of W1 and W2 look at, as columns made by loops written by hand: for a peer that has no indicators.
 */

export function crossConditions({ close, length }: Bars, fast: number, slow: number): Conditions {
  const [enters, leaves] = [new Uint8Array(length), new Uint8Array(length)];
  let [fastSum, slowSum, before] = [0, 0, NaN];
  for (let i = 0; i < length; i++) {
    fastSum += close[i];
    slowSum += close[i];
    if (i >= slow - 1) {
      const difference = fastSum / fast - slowSum / slow;
      if (difference > 0 && before <= 0) enters[i] = 1;
      if (difference < 0 && before >= 0) leaves[i] = 1;
      before = difference;
      slowSum -= close[i - slow + 1];
    }
    if (i >= fast - 1) fastSum -= close[i - fast + 1];
  }
  return { enters, leaves };
}

export function reversalConditions({ high, low, close, length }: Bars): Conditions {
  const [enters, leaves, stop] = [new Uint8Array(length), new Uint8Array(length), new Float64Array(length)];
  const [span, momentum] = [20, 14];
  let [sum, squares, gain, loss, atr] = [0, 0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    const last = close[i];
    sum += last;
    squares += last * last;
    if (i > 0) {
      const previous = close[i - 1];
      const seeding = i <= momentum;
      const average = (value: number, next: number): number =>
        seeding ? value + next / momentum : value + (next - value) / momentum;
      gain = average(gain, Math.max(0, last - previous));
      loss = average(loss, Math.max(0, previous - last));
      atr = average(atr, Math.max(high[i], previous) - Math.min(low[i], previous));
    }
    if (i < span - 1) continue;
    const mean = sum / span;
    const lower = mean - 2 * Math.sqrt(Math.max(0, squares / span - mean * mean));
    if (last < lower && gain < 0.3 * (gain + loss)) enters[i] = 1;
    if (last > mean) leaves[i] = 1;
    stop[i] = last - 2 * atr;
    const oldest = close[i - span + 1];
    sum -= oldest;
    squares -= oldest * oldest;
  }
  return { enters, leaves, stop };
}
