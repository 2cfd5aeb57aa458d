import { histogramBins } from "../histogram-bins.js";

const widest = 32;
const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

export interface TextHistogramOptions {
  /** Marked at its place. */
  readonly observed: number | null;
  /** How a value is written. */
  readonly text: (value: number) => string;
}

/**
 * A histogram as lines of text: where a bin begins, a bar, how many values, and a mark where the observed value lies. The outermost
 * bins take what lies beyond them too.
 *
 * @param values  at least one
 */
export function textHistogram(
  values: readonly number[],
  { observed, text }: TextHistogramOptions,
): readonly string[] {
  const bins = histogramBins(values, { most: 20, reach: observed ?? values[0] });
  const most = Math.max(...bins.map(({ count }) => count));
  const last = bins.length - 1;
  const at = observed === null ? -1 : bins.findIndex(({ to }, i) => observed < to || i === last);
  const pad = (texts: readonly string[]): readonly string[] => {
    const width = Math.max(...texts.map(({ length }) => length));
    return texts.map((each) => each.padStart(width));
  };
  const labels = pad(bins.map(({ from }) => text(from)));
  const counts = pad(bins.map(({ count }) => String(count)));
  return bins.map(({ count }, i) => {
    const mark = i === at && observed !== null ? `  ← observed ${text(observed)}` : "";
    return `${labels[i]}  ${bar(count / most)}  ${counts[i]}${mark}`;
  });
}

function bar(share: number): string {
  const parts = Math.round(share * widest * 8);
  // What is there is seen.
  const shown = share > 0 ? Math.max(1, parts) : 0;
  return ("█".repeat(shown >> 3) + eighths[shown & 7]).padEnd(widest);
}
