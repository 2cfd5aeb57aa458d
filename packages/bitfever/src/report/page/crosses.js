/**
 * @import { ISeriesPrimitive, SeriesAttachedParameter, Time, IPrimitivePaneRenderer } from "lightweight-charts"
 * @import { Slice } from "../slice.ts"
 */

/** @typedef {Parameters<IPrimitivePaneRenderer["draw"]>[0]} Target */

/**
 * Upright crosses at the values of a series: the chart library has none.
 *
 * @implements {ISeriesPrimitive<Time>}
 */
export class Crosses {
  #colour = "";
  /** One value for each point of the chart. @type {Float64Array} */
  #values = new Float64Array();
  /** @type {SeriesAttachedParameter<Time> | null} */
  #parts = null;
  #views;

  /**
   * @param {number} place   of the series in the report
   * @param {number} width
   */
  constructor(place, width) {
    this.place = place;
    this.width = width;
    this.#views = [{ zOrder: () => /** @type {const} */ ("normal"), renderer: () => ({ draw: this.#draw }) }];
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
    this.#colour = colour;
    this.#parts?.requestUpdate();
  }

  #draw = (/** @type {Target} */ target) => {
    const parts = this.#parts;
    const scale = parts?.chart.timeScale();
    const range = scale?.getVisibleLogicalRange();
    if (!parts || !scale || !range) return;
    const from = Math.max(0, Math.floor(range.from));
    const to = Math.min(this.#values.length - 1, Math.ceil(range.to));
    const arm = 3 + this.width;
    target.useMediaCoordinateSpace(({ context }) => {
      context.strokeStyle = this.#colour;
      context.lineWidth = this.width + 0.5;
      context.beginPath();
      for (let i = from; i <= to; i++) {
        if (Number.isNaN(this.#values[i])) continue;
        const x = scale.logicalToCoordinate(/** @type {import("lightweight-charts").Logical} */ (i));
        const y = parts.series.priceToCoordinate(this.#values[i]);
        if (x === null || y === null) continue;
        context.moveTo(x - arm, y);
        context.lineTo(x + arm, y);
        context.moveTo(x, y - arm);
        context.lineTo(x, y + arm);
      }
      context.stroke();
    });
  };
}
