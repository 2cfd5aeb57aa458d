import { html, nothing, trusted, type Markup } from "./html.js";
import { decimalsOf, roundWidth } from "./round-width.js";
import { timeTicks, type TimeTick } from "./time-ticks.js";

/** A line over time. Its `kind` is a class of the style sheet, which gives it its colour. */
export interface ChartLine {
  readonly name: string;
  readonly kind: string;
  /** Milliseconds, UTC, ascending. */
  readonly time: ArrayLike<number>;
  /** NaN breaks the line. */
  readonly values: ArrayLike<number>;
  /** Filled down or up to zero. */
  readonly isArea?: boolean;
  /** What an area is filled down to instead of zero: as many values. */
  readonly base?: ArrayLike<number>;
  /** A value holds until the next one. */
  readonly isStep?: boolean;
}

/** Where a time and a value lie, in pixels. */
export interface ChartPlace {
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
}

/** A strip with a vertical scale of its own. */
export interface ChartPane {
  readonly height: number;
  readonly lines: readonly ChartLine[];
  /** What else is drawn, behind the lines and in front of them. */
  readonly behind?: (place: ChartPlace) => Markup;
  readonly front?: (place: ChartPlace) => Markup;
  /** Times that stand out behind the lines. */
  readonly spells?: readonly { readonly from: number; readonly to: number }[];
  /** The lowest and the highest value of the scale; those of the lines where not given. */
  readonly range?: readonly [lowest: number, highest: number];
  /** A value of the scale, which has so many decimals. */
  readonly text: (value: number, decimals: number) => string;
}

export interface LineChart {
  /** What a reader is told who does not see it. */
  readonly title: string;
  /** In pixels at which its words have their size: 11. */
  readonly width: number;
  readonly from: number;
  readonly to: number;
  readonly panes: readonly ChartPane[];
  /** What is written along the time axis; round times where not given. */
  readonly ticks?: readonly TimeTick[];
  /** What the page's script tells of the values under a cursor; see `CursorRows`. */
  readonly cursor?: string;
}

const axis = 18;
const right = 52;
/** Above there is room for the names. */
const padding = { top: 20, bottom: 6 };

/** The height of a chart of the given panes, with its axis. */
export const chartHeight = (panes: readonly Pick<ChartPane, "height">[]): number =>
  panes.reduce((sum, { height }) => sum + height, axis);

/** Lines over one time axis, as an SVG picture whose colours a style sheet gives. The same input gives the same text. */
export function lineChart(chart: LineChart): Markup {
  const { title, width, from, to, panes, cursor } = chart;
  const height = chartHeight(panes);
  const inner = width - right;
  const x = (time: number): number => (to > from ? ((time - from) / (to - from)) * inner : 0);
  let top = 0;
  const drawn = panes.map((pane) => {
    const markup = drawPane(pane, top, x, inner);
    top += pane.height;
    return markup;
  });
  const given = chart.ticks ?? timeTicks(from, to, Math.max(2, Math.floor(inner / 56)));
  const ticks = given.map(
    ({ time, label }) =>
      html`<path class="grid" d="M${pixels(x(time))} 0V${top}" /><text
          x="${pixels(Math.min(x(time) + 3, inner - 20))}"
          y="${top + 13}"
          >${label}</text
        >`,
  );
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    class="line-chart"
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="${title}"
    ${
      cursor === undefined
        ? nothing
        : html`data-cursor="${cursor}" data-from="${from}" data-to="${to}" data-width="${inner}" tabindex="0"`
    }
  >
    ${ticks}${drawn}
  </svg>`;
}

function drawPane(
  { height, lines, spells = [], range = rangeOf(lines), behind, front, text }: ChartPane,
  top: number,
  x: (time: number) => number,
  width: number,
): Markup {
  const [lowest, highest] = range;
  const names = nameRow(lines, top);
  if (!Number.isFinite(lowest))
    return html`<text x="4" y="${top + height / 2}">nothing to show</text>${names}`;
  const [low, high] =
    highest > lowest
      ? [lowest, highest]
      : [lowest - Math.abs(lowest || 1) / 10, highest + Math.abs(highest || 1) / 10];
  const room = height - padding.top - padding.bottom;
  const y = (value: number): number => top + padding.top + ((high - value) / (high - low)) * room;
  const step = roundWidth((high - low) / Math.max(1, Math.floor(room / 26)));
  const decimals = decimalsOf(step);
  const ticks: Markup[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + 1e-9 * step; at++) {
    const value = at * step;
    ticks.push(
      html`<path class="${at === 0 ? "zero" : "grid"}" d="M0 ${pixels(y(value))}H${width}" /><text
          x="${width + 4}"
          y="${pixels(y(value) + 4)}"
          >${text(value, decimals)}</text
        >`,
    );
  }
  const border = top === 0 ? nothing : html`<path class="border" d="M0 ${top}H${width + right}" />`;
  const shaded = spells.map(
    ({ from, to }) =>
      html`<rect
        class="spell"
        x="${pixels(x(from))}"
        y="${top}"
        width="${pixels(x(to) - x(from))}"
        height="${height}"
      />`,
  );
  const [below, above] = [behind, front].map((draw) => draw?.({ x, y }) ?? nothing);
  return html`${shaded}${border}${ticks}${below}${lines.map((line) => drawLine(line, x, y))}${above}${names}`;
}

/** The lowest and the highest value; an area includes zero. */
export function rangeOf(
  lines: readonly Pick<ChartLine, "values" | "isArea" | "base">[],
): readonly [number, number] {
  let [lowest, highest] = [Infinity, -Infinity];
  const take = (value: number): void => {
    if (!Number.isFinite(value)) return;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  };
  for (const { values, isArea, base } of lines) {
    for (let i = 0; i < values.length; i++) take(values[i]);
    if (isArea === true && base === undefined && values.length > 0) take(0);
    for (let i = 0; base !== undefined && i < base.length; i++) take(base[i]);
  }
  return [lowest, highest];
}

const nameRow = (lines: readonly ChartLine[], top: number): readonly Markup[] => {
  let at = 4;
  return lines.map(({ name, kind }) => {
    const place = at;
    at += 6.2 * name.length + 12;
    return html`<text class="name ${kind}" x="${pixels(place)}" y="${top + 13}">${name}</text>`;
  });
};

function drawLine(line: ChartLine, x: (time: number) => number, y: (value: number) => number): Markup {
  const path = pathOf(line, x, y);
  if (path === "") return nothing;
  const stroke = html`<path class="line ${line.kind}" d="${trusted(path)}" />`;
  if (line.isArea !== true) return stroke;
  const { time, base } = line;
  if (base !== undefined) {
    const back = pathOf({ ...line, values: base }, x, y)
      .slice(1)
      .split("L")
      .reverse()
      .join("L");
    return html`<path class="area ${line.kind}" d="${trusted(`${path}L${back}Z`)}" />`;
  }
  const [start, end] = [x(time[0]), x(time[time.length - 1])];
  const area = `M${pixels(start)} ${pixels(y(0))}L${path.slice(1)}L${pixels(end)} ${pixels(y(0))}Z`;
  return html`<path class="area ${line.kind}" d="${trusted(area)}" />${stroke}`;
}

/** The values of one pixel are drawn as their first, lowest, highest and last: no line needs more, whatever its length. */
function pathOf(
  { time, values, isStep }: ChartLine,
  x: (time: number) => number,
  y: (value: number) => number,
): string {
  let path = "";
  let isDrawing = false;
  for (let i = 0; i < values.length;) {
    const column = Math.floor(x(time[i]));
    let [low, high, end] = [i, i, i];
    for (; end < values.length && Math.floor(x(time[end])) === column; end++) {
      if (!(values[low] <= values[end])) low = end;
      if (!(values[high] >= values[end])) high = end;
    }
    const kept = [...new Set([i, low, high, end - 1])].sort((a, b) => a - b);
    for (const at of kept) {
      if (!Number.isFinite(values[at])) {
        isDrawing = false;
        continue;
      }
      const [right, height] = [pixels(x(time[at])), pixels(y(values[at]))];
      path += !isDrawing
        ? `M${right} ${height}`
        : isStep === true
          ? `H${right}V${height}`
          : `L${right} ${height}`;
      isDrawing = true;
    }
    i = end;
  }
  return path;
}

/** To tenths, so that the last bits of a value change nothing. */
export const pixels = (value: number): string => String(Math.round(value * 10) / 10);
