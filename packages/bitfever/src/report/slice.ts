import { firstOf, grouped, highestOf, lastKnownOf, lastOf, lowestOf, pickOf, sumOf } from "./candles.js";
import type { PageSeries } from "./page-data.js";

// A history longer than a screen is wide is drawn from slices. Used in the page: nothing here may need Node.

/** The columns of a page, a value for each candle. */
export interface SliceSource {
  readonly length: number;
  /** Bars in a candle. */
  readonly group: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array | null;
  readonly stop: Float64Array | null;
  readonly equity: Float64Array;
  readonly equityLow: Float64Array | null;
  readonly equityHigh: Float64Array | null;
  readonly hold: Float64Array | null;
  readonly drawdown: Float64Array;
  readonly series: readonly (Pick<PageSeries, "isCondition" | "look"> & { readonly values: Float64Array })[];
}

/**
 * A part of the columns as the chart library is given it: `size` candles to a point, from the candle `first` to before
 * the candle `end`. However long the history, the library has a few thousand points of it, no more than screens can show.
 */
export interface Slice extends Omit<SliceSource, "group" | "length" | "series"> {
  readonly size: number;
  readonly first: number;
  readonly end: number;
  /** By the place of the series in the report. */
  readonly series: readonly Float64Array[];
}

/** What is in view. Places along the candles are those of their edges: candle 0 goes from 0 to 1. */
export interface View {
  readonly from: number;
  readonly to: number;
}

/** @param first  a multiple of `size` */
export function sliceOf(source: SliceSource, size: number, first: number, end: number): Slice {
  const part = (column: Float64Array, pick: typeof firstOf): Float64Array =>
    grouped(column.subarray(first, end), size, pick);
  const isGrouped = size * source.group > 1;
  const { volume, stop, hold, equity } = source;
  return {
    ...{ size, first, end },
    time: part(source.time, firstOf),
    open: part(source.open, firstOf),
    high: part(source.high, highestOf),
    low: part(source.low, lowestOf),
    close: part(source.close, lastOf),
    volume: volume && part(volume, sumOf),
    stop: stop && part(stop, lastKnownOf),
    equity: part(equity, lastOf),
    // What the account went through within a point; where that is one bar, it is the equity.
    equityLow: isGrouped ? part(source.equityLow ?? equity, lowestOf) : null,
    equityHigh: isGrouped ? part(source.equityHigh ?? equity, highestOf) : null,
    hold: hold && part(hold, lastOf),
    drawdown: part(source.drawdown, lowestOf),
    series: source.series.map(({ values, isCondition, look }) =>
      part(values, pickOf(look !== null, isCondition)),
    ),
  };
}

/** Where the chart library has a place along the candles: in its count of points, a whole number in the middle of one. */
export const logicalOf = ({ size, first }: Pick<Slice, "size" | "first">, place: number): number =>
  (place - first) / size - 0.5;

/** The place along the candles again. */
export const placeOf = ({ size, first }: Pick<Slice, "size" | "first">, logical: number): number =>
  first + size * (logical + 0.5);

/** The narrowest point that is drawn, in pixels, and the widest of several candles. */
const narrowest = 1;
const widest = 4;
/** What a point is made when it is made anew: between the two, so that a little zooming changes nothing. */
const wanted = 1.5;
/** Screens on either side that are there before anybody pans to them. */
const margin = 1;

/**
 * The slice to draw for a view, which is the one there is as long as that will do.
 *
 * @param width  of the view, in pixels
 * @param ahead  screens on either side that must be there as well
 */
export function sliceFor(
  source: SliceSource,
  current: Slice | null,
  { from, to }: View,
  width: number,
  ahead: number,
): Slice {
  const shown = to - from;
  const candle = width / shown;
  let size = current?.size ?? 1;
  if (size * candle < narrowest || (size * candle > widest && size > 1)) {
    size = 2 ** Math.max(0, Math.ceil(Math.log2(wanted / candle)));
  }
  const { length } = source;
  const within = (place: number): number => Math.max(0, Math.min(length, place));
  const isThere = (slice: Slice): boolean =>
    slice.first <= within(from - ahead * shown) && within(to + ahead * shown) <= slice.end;
  if (current !== null && size === current.size && isThere(current)) return current;
  const last = Math.floor((length - 1) / size) * size;
  const first = Math.min(last, Math.floor(within(from - margin * shown) / size) * size);
  const end = Math.min(length, Math.max(first + size, Math.ceil(within(to + margin * shown) / size) * size));
  return sliceOf(source, size, first, end);
}
