import type { Bars } from "@bitfever/engine";

/*
 * A small picture of an indicator: the bars, its levels over them, and below them what is no price. Numbers are rounded
 * to tenths of a pixel, so that the last bits of a value, which may differ from one Node.js to another, change nothing.
 */

export interface Line {
  readonly name: string;
  readonly values: Float64Array;
  /** Whether it is a price, which may lie among the bars. */
  readonly isPrice: boolean;
}

const width = 480;
const margin = { left: 6, right: 46 };
const barsHeight = 120;
const paneHeight = 64;
/** Above there is room for the names. */
const padding = { top: 14, bottom: 6 };
const colours = ["#d9480f", "#1971c2", "#6741d9", "#2b8a3e", "#c2255c", "#0b7285"];
const grey = "#868e96";

const pixels = (value: number): string => String(Math.round(value * 10) / 10);

/** Of a value that is small beside the others, the digits are chance. */
function label(value: number, { lowest, highest }: Pane): string {
  return Math.abs(value) < 1e-9 * (highest - lowest) ? "0" : String(Number(value.toPrecision(3)));
}

interface Pane {
  readonly top: number;
  readonly height: number;
  readonly lowest: number;
  readonly highest: number;
}

const y = ({ top, height, lowest, highest }: Pane, value: number): number => {
  const share = highest > lowest ? (value - lowest) / (highest - lowest) : 0.5;
  return top + height - padding.bottom - share * (height - padding.top - padding.bottom);
};

const finite = (values: Iterable<number>): number[] => [...values].filter((value) => Number.isFinite(value));

function paneOf(values: readonly number[], top: number, height: number): Pane {
  return { top, height, lowest: Math.min(...values), highest: Math.max(...values) };
}

const text = (x: number, baseline: number, words: string, colour: string, anchor = "start"): string =>
  `<text x="${pixels(x)}" y="${pixels(baseline)}" fill="${colour}" text-anchor="${anchor}">${words}</text>`;

/** The bars from `from` up to `to` with an indicator's lines. Lines of a pattern mark the bars they find. */
export function picture(
  bars: Bars,
  lines: readonly Line[],
  [from, to]: readonly [from: number, to: number],
  isPattern = false,
): string {
  const count = to - from;
  const step = (width - margin.left - margin.right) / count;
  const x = (bar: number): number => margin.left + (bar - from + 0.5) * step;
  const shown = lines.map((line) => ({ ...line, values: line.values.subarray(from, to) }));

  const prices = finite([...bars.low.subarray(from, to), ...bars.high.subarray(from, to)]);
  const [bottom, top] = [Math.min(...prices), Math.max(...prices)];
  const isLevel = (line: Line): boolean =>
    line.isPrice &&
    finite(line.values).every(
      (value) => value > bottom - 3 * (top - bottom) && value < top + 3 * (top - bottom),
    );
  const levels = isPattern ? [] : shown.filter(isLevel);
  const others = isPattern ? [] : shown.filter((line) => !isLevel(line));

  const parts: string[] = [];
  const upper = paneOf([...prices, ...levels.flatMap(({ values }) => finite(values))], 0, barsHeight);
  parts.push(...candles(bars, [from, to], x, (value) => y(upper, value), step), scale(upper));
  if (isPattern) parts.push(...marks(bars, shown[0].values, from, x, (value) => y(upper, value)));
  const colourOf = (line: Line): string => colours[shown.indexOf(line) % colours.length];
  const draw = (line: Line, pane: Pane): void => {
    parts.push(curve(line.values, from, x, (value) => y(pane, value), colourOf(line)));
  };
  for (const line of levels) draw(line, upper);
  parts.push(legend(levels, colourOf, 0));

  let height = barsHeight;
  // Lines of one size share a pane; a direction of ±1 has its own beside a price.
  for (const group of grouped(others)) {
    const pane = paneOf(
      group.flatMap(({ values }) => finite(values)),
      height,
      paneHeight,
    );
    if (!Number.isFinite(pane.lowest)) continue;
    parts.push(`<path d="M0 ${height}H${width}" stroke="${grey}" stroke-opacity=".3"/>`);
    if (pane.lowest < 0 && pane.highest > 0)
      parts.push(
        `<path d="M${margin.left} ${pixels(y(pane, 0))}H${width - margin.right}" stroke="${grey}" stroke-dasharray="2 3"/>`,
      );
    for (const line of group) draw(line, pane);
    parts.push(legend(group, colourOf, height), scale(pane));
    height += paneHeight;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="10" fill="none">`,
    ...parts.filter((part) => part !== ""),
    "</svg>",
    "",
  ].join("\n");
}

/** Lines whose values are of about the same size. */
function grouped(lines: readonly Line[]): Line[][] {
  const groups: { size: number; lines: Line[] }[] = [];
  for (const line of lines) {
    const size = Math.max(0, ...finite(line.values).map(Math.abs));
    const group = groups.find((each) => size <= 5 * each.size && each.size <= 5 * size);
    if (group === undefined) groups.push({ size, lines: [line] });
    else group.lines.push(line);
  }
  return groups.map((each) => each.lines);
}

function candles(
  { open, high, low, close }: Bars,
  [from, to]: readonly [number, number],
  x: (bar: number) => number,
  height: (price: number) => number,
  step: number,
): string[] {
  const wicks: string[] = [];
  const bodies: Record<"up" | "down", string[]> = { up: [], down: [] };
  for (let bar = from; bar < to; bar++) {
    wicks.push(`M${pixels(x(bar))} ${pixels(height(high[bar]))}V${pixels(height(low[bar]))}`);
    const [start, end] = [height(open[bar]), height(close[bar])];
    // A body without height is a stroke.
    bodies[close[bar] >= open[bar] ? "up" : "down"].push(
      `M${pixels(x(bar))} ${pixels(start)}V${pixels(Math.abs(start - end) < 1 ? start - 1 : end)}`,
    );
  }
  const thick = pixels(Math.min(8, step * 0.6));
  return [
    `<path d="${wicks.join("")}" stroke="${grey}"/>`,
    `<path d="${bodies.up.join("")}" stroke="#74b816" stroke-opacity=".7" stroke-width="${thick}"/>`,
    `<path d="${bodies.down.join("")}" stroke="${grey}" stroke-width="${thick}"/>`,
  ];
}

/** Triangles below bars that are bullish to a pattern, above those that are bearish. */
function marks(
  bars: Bars,
  values: Float64Array,
  from: number,
  x: (bar: number) => number,
  height: (price: number) => number,
): string[] {
  return [...values].flatMap((value, i) => {
    if (!(value > 0 || value < 0)) return [];
    const isUp = value > 0;
    const tip = isUp ? height(bars.low[from + i]) + 2 : height(bars.high[from + i]) - 2;
    const base = isUp ? tip + 6 : tip - 6;
    const middle = x(from + i);
    const path = `M${pixels(middle)} ${pixels(tip)}L${pixels(middle - 4)} ${pixels(base)}H${pixels(middle + 4)}Z`;
    return [`<path d="${path}" fill="${isUp ? "#2b8a3e" : "#d9480f"}"/>`];
  });
}

function curve(
  values: Float64Array,
  from: number,
  x: (bar: number) => number,
  height: (value: number) => number,
  colour: string,
): string {
  let path = "";
  let isDrawing = false;
  values.forEach((value, i) => {
    if (Number.isFinite(value))
      path += `${isDrawing ? "L" : "M"}${pixels(x(from + i))} ${pixels(height(value))}`;
    isDrawing = Number.isFinite(value);
  });
  return path === "" ? "" : `<path d="${path}" stroke="${colour}" stroke-linecap="round"/>`;
}

const legend = (lines: readonly Line[], colourOf: (line: Line) => string, top: number): string =>
  lines
    .reduce<{ at: number; parts: string[] }>(
      ({ at, parts }, line) => ({
        at: at + 6 * line.name.length + 10,
        parts: [...parts, text(at, top + 11, line.name, colourOf(line))],
      }),
      { at: margin.left, parts: [] },
    )
    .parts.join("");

const scale = (pane: Pane): string =>
  pane.highest > pane.lowest
    ? text(width - 4, y(pane, pane.highest) + 4, label(pane.highest, pane), grey, "end") +
      text(width - 4, y(pane, pane.lowest) + 4, label(pane.lowest, pane), grey, "end")
    : text(width - 4, y(pane, pane.lowest) + 4, label(pane.lowest, pane), grey, "end");
