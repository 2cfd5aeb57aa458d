/**
 * @import { ISeriesPrimitive, SeriesAttachedParameter, Time, IPrimitivePaneRenderer } from "lightweight-charts"
 * @import { Slice } from "../slice.ts"
 */
import { fade } from "./theme.js";

/** @typedef {Parameters<IPrimitivePaneRenderer["draw"]>[0]} Target */

/**
 * The ground of a pane, coloured where a condition holds.
 *
 * @implements {ISeriesPrimitive<Time>}
 */
export class Shading {
  #colour = "";
  /** One value for each point of the chart. @type {Float64Array} */
  #values = new Float64Array();
  /** @type {SeriesAttachedParameter<Time> | null} */
  #parts = null;
  #views;

  /** @param {number} place   of the series in the report */
  constructor(place) {
    this.place = place;
    this.#views = [{ zOrder: () => /** @type {const} */ ("bottom"), renderer: () => ({ draw: this.#draw }) }];
  }

  /** @param {SeriesAttachedParameter<Time>} parts */
  attached(parts) {
    this.#parts = parts;
  }

  paneViews() {
    return this.#views;
  }

  /** @param {Slice} slice */
  take({ series }) {
    this.#values = series[this.place];
    this.#parts?.requestUpdate();
  }

  /** @param {string} colour */
  recolour(colour) {
    this.#colour = fade(colour, 0.16);
    this.#parts?.requestUpdate();
  }

  /** @param {number} candle */
  #holds(candle) {
    const value = this.#values[candle];
    return value !== 0 && !Number.isNaN(value);
  }

  #draw = (/** @type {Target} */ target) => {
    const scale = this.#parts?.chart.timeScale();
    const range = scale?.getVisibleLogicalRange();
    if (!scale || !range) return;
    const from = Math.max(0, Math.floor(range.from));
    const to = Math.min(this.#values.length - 1, Math.ceil(range.to));
    target.useBitmapCoordinateSpace(({ context, bitmapSize, horizontalPixelRatio }) => {
      const x = (/** @type {number} */ candle) =>
        scale.logicalToCoordinate(/** @type {import("lightweight-charts").Logical} */ (candle)) ?? 0;
      const { barSpacing } = scale.options();
      /** Where a candle begins, half a candle before its middle. @param {number} candle */
      const edge = (candle) => Math.round((x(candle) - barSpacing / 2) * horizontalPixelRatio);
      context.fillStyle = this.#colour;
      // A pixel that several stretches share is coloured once.
      let done = -Infinity;
      for (let i = from; i <= to; i++) {
        if (!this.#holds(i)) continue;
        let end = i + 1;
        while (end <= to && this.#holds(end)) end += 1;
        const left = Math.max(done, edge(i));
        const right = Math.max(edge(end), edge(i) + 1);
        if (right > left) context.fillRect(left, 0, right - left, bitmapSize.height);
        done = Math.max(done, right);
        i = end;
      }
    });
  };
}
