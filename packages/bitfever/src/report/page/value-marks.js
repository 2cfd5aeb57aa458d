/**
 * @import { ISeriesPrimitive, SeriesAttachedParameter, Time, IPrimitivePaneRenderer } from "lightweight-charts"
 * @import { Slice } from "../slice.ts"
 */

/** @typedef {Parameters<IPrimitivePaneRenderer["draw"]>[0]} Target */

/**
 * What is drawn at each value, in the coordinates of the chart; `half` is half the width of a bar.
 *
 * @typedef {(context: CanvasRenderingContext2D, x: number, y: number, half: number) => void} Mark
 */

/**
 * Strokes at the values of a series that the chart library has no kind for.
 *
 * @implements {ISeriesPrimitive<Time>}
 */
export class ValueMarks {
  #valuesOf;
  #lineWidth;
  #mark;
  #colour = "";
  /** One value for each point of the chart. @type {Float64Array} */
  #values = new Float64Array();
  /** @type {SeriesAttachedParameter<Time> | null} */
  #parts = null;
  #views;

  /**
   * @param {(slice: Slice) => Float64Array} valuesOf
   * @param {number} lineWidth
   * @param {Mark} mark
   */
  constructor(valuesOf, lineWidth, mark) {
    this.#valuesOf = valuesOf;
    this.#lineWidth = lineWidth;
    this.#mark = mark;
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
  take(slice) {
    this.#values = this.#valuesOf(slice);
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
    const half = scale.options().barSpacing / 2;
    target.useMediaCoordinateSpace(({ context }) => {
      context.strokeStyle = this.#colour;
      context.lineWidth = this.#lineWidth;
      context.beginPath();
      for (let i = from; i <= to; i++) {
        if (Number.isNaN(this.#values[i])) continue;
        const x = scale.logicalToCoordinate(/** @type {import("lightweight-charts").Logical} */ (i));
        const y = parts.series.priceToCoordinate(this.#values[i]);
        if (x === null || y === null) continue;
        this.#mark(context, x, y, half);
      }
      context.stroke();
    });
  };
}
