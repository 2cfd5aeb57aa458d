import { isoTime, type BarColumns } from "@bitfever/engine";

/** Bars as a CSV file has them: a header, times in ISO-8601, prices with four decimals. */
export function csvText({ time, open, high, low, close, volume }: BarColumns): string {
  const rows = ["time,open,high,low,close,volume"];
  time.forEach((each, i) => {
    const prices = [open[i], high[i], low[i], close[i]].map((price) => price.toFixed(4));
    rows.push(`${isoTime(each)},${prices.join(",")},${volume[i]}`);
  });
  return `${rows.join("\n")}\n`;
}
