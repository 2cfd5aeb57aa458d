/**
 * @import { ISeriesPrimitive, SeriesAttachedParameter, Time, IPrimitivePaneRenderer } from "lightweight-charts"
 * @import { Slice } from "../slice.ts"
 */

/** @typedef {Parameters<IPrimitivePaneRenderer["draw"]>[0]} Target */

/** The part of the pane that the largest volume in view takes. */
const share = 0.16;

/**
 * Volume at the foot of the candles. A series of the chart library could do it, but where many candles share a pixel it
 * draws each over the other, so that gaps and seams show; here a pixel has one bar, of the largest volume in it.
 *
 * @implements {ISeriesPrimitive<Time>}
 */
export class VolumeBars {
  visible = true;
  /** One value for each point of the chart. @type {Float64Array} */
  #volume = new Float64Array();
  /** @type {SeriesAttachedParameter<Time> | null} */
  #parts = null;
  #views;

  /** @param {string} colour */
  constructor(colour) {
    this.colour = colour;
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
  take({ volume }) {
    this.#volume = volume ?? new Float64Array();
    this.update();
  }

  update() {
    this.#parts?.requestUpdate();
  }

  #draw = (/** @type {Target} */ target) => {
    const range = this.#parts?.chart.timeScale().getVisibleLogicalRange();
    if (!this.visible || !range) return;
    const from = Math.max(0, Math.floor(range.from));
    const to = Math.min(this.#volume.length - 1, Math.ceil(range.to));
    target.useBitmapCoordinateSpace(({ context, bitmapSize, horizontalPixelRatio }) => {
      const x = (/** @type {number} */ candle) => {
        const logical = /** @type {import("lightweight-charts").Logical} */ (candle);
        return (this.#parts?.chart.timeScale().logicalToCoordinate(logical) ?? 0) * horizontalPixelRatio;
      };
      const start = x(from);
      const spacing = to > from ? (x(to) - start) / (to - from) : 8;
      const width = Math.max(1, Math.floor(spacing * 0.8));

      // Bars of one pixel are shared by candles.
      const tallest = new Map();
      let most = 0;
      for (let i = from; i <= to; i++) {
        const value = this.#volume[i];
        if (!(value > 0)) continue;
        const left = Math.round(start + (i - from) * spacing - width / 2);
        tallest.set(left, Math.max(tallest.get(left) ?? 0, value));
        most = Math.max(most, value);
      }
      context.fillStyle = this.colour;
      for (const [left, value] of tallest) {
        const height = Math.max(1, Math.round((value / most) * share * bitmapSize.height));
        context.fillRect(left, bitmapSize.height - height, width, height);
      }
    });
  };
}
