import type { BacktestCurves } from "@bitfever/engine";

type Series = BacktestCurves["series"][number];

/** Panes of series that are open from the start; the others open when they are asked for. */
const panesShown = 2;

/**
 * Where each series is drawn. What the program plots goes where it says: over the candles (pane 0) or into a pane by
 * name, below them in the order of the program; where it does not say, where its values fit. It is all there is to see at first; the rest waits until it is asked for.
 *
 * Of what names no pane, a price that moves with the candles lies over them. Prices of another size, such
 * as a range, and all other units get panes below, shared by series of one unit and about one size: an oscillator and
 * its signal line belong together.
 */
export function placeSeries(
  series: readonly Series[],
  close: Float64Array,
): readonly { readonly pane: number; readonly shown: boolean }[] {
  const names = [...new Set(["main", ...series.flatMap(({ plot }) => plot?.pane ?? [])])];
  /** The pane that a program names; a shading of the bars lies behind the candles. */
  const named = ({ unit, plot }: Series): number =>
    plot === undefined ? -1 : plot.pane === null ? (unit === "bool" ? 0 : -1) : names.indexOf(plot.pane);
  const hasPlots = series.some(({ plot }) => plot !== undefined);
  const panes: { unit: string; size: number }[] = [];
  return series.map((each) => {
    const { unit, values, plot } = each;
    const isPlotted = plot !== undefined;
    if (named(each) >= 0) return { pane: named(each), shown: true };
    if (unit === "price" && followsPrice(values, close)) return { pane: 0, shown: isPlotted || !hasPlots };
    const size = typicalSize(values);
    let at = panes.findIndex((each) => each.unit === unit && alike(each.size, size));
    if (at < 0) at = panes.push({ unit, size }) - 1;
    return { pane: names.length + at, shown: isPlotted || (!hasPlots && at < panesShown) };
  });
}

/** Whether nearly all values lie between half and twice the close. */
function followsPrice(values: Float64Array, close: Float64Array): boolean {
  let known = 0;
  let near = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    known += 1;
    const ratio = values[i] / close[i];
    if (ratio >= 0.5 && ratio <= 2) near += 1;
  }
  return near >= 0.9 * known;
}

function typicalSize(values: Float64Array): number {
  const sizes = values.filter((value) => Number.isFinite(value)).map(Math.abs);
  sizes.sort();
  return sizes.length === 0 ? 0 : sizes[Math.floor(0.9 * (sizes.length - 1))];
}

const alike = (a: number, b: number): boolean => a === b || (a < 4 * b && b < 4 * a);
