/**
 * @import { ISeriesPrimitive, SeriesAttachedParameter, Time, IPrimitivePaneRenderer } from "lightweight-charts"
 * @import { Slice } from "../slice.ts"
 */

/** @typedef {Parameters<IPrimitivePaneRenderer["draw"]>[0]} Target */

/**
 * Where a stop stood: a level as wide as its bar. A stepped line of the chart library would rise from the stop of one
 * trade to that of the next.
 *
 * @implements {ISeriesPrimitive<Time>}
 */
export class StopLines {
  #colour = "";
  /** One value for each point of the chart. @type {Float64Array} */
  #stop = new Float64Array();
  /** @type {SeriesAttachedParameter<Time> | null} */
  #parts = null;
  #views;

  constructor() {
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
  take({ stop }) {
    this.#stop = stop ?? new Float64Array();
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
    const to = Math.min(this.#stop.length - 1, Math.ceil(range.to));
    const half = scale.options().barSpacing / 2;
    target.useMediaCoordinateSpace(({ context }) => {
      context.strokeStyle = this.#colour;
      context.lineWidth = 1.5;
      context.beginPath();
      for (let i = from; i <= to; i++) {
        if (Number.isNaN(this.#stop[i])) continue;
        const x = scale.logicalToCoordinate(/** @type {import("lightweight-charts").Logical} */ (i));
        const y = parts.series.priceToCoordinate(this.#stop[i]);
        if (x === null || y === null) continue;
        context.moveTo(x - half, y);
        context.lineTo(x + half, y);
      }
      context.stroke();
    });
  };
}
