/* global addEventListener, requestAnimationFrame, setTimeout, clearTimeout */
/**
 * @import { IChartApi, Logical } from "lightweight-charts"
 * @import { Report } from "./read-data.js"
 * @import { Slice, View } from "../slice.ts"
 */
import { logicalOf, placeOf, sliceFor } from "../slice.ts";

/** How long a pan must rest before what lies beyond is made, in milliseconds. */
const rest = 100;

/**
 * What of the candles the reader sees. It gives the chart library the slice that belongs to it, and keeps the view
 * where it is while one slice takes the place of another.
 */
export class Sight {
  /** @type {Slice} */
  slice;
  #chart;
  #report;
  #take;
  /** The view asked for, until the library has drawn it. @type {View | null} */
  #asked = null;
  /** A slice that changes under a finger that drags would throw the drag off its place. */
  #isPressed = false;
  #isScheduled = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;

  /**
   * @param {IChartApi} chart
   * @param {HTMLElement} area
   * @param {Report} report
   * @param {(slice: Slice) => void} take   is given each new slice, to be drawn
   */
  constructor(chart, area, report, take) {
    this.#chart = chart;
    this.#report = report;
    this.#take = take;
    this.slice = sliceFor(report, null, { from: 0, to: report.length }, area.clientWidth, 0);
    chart.timeScale().subscribeVisibleLogicalRangeChange(() => {
      clearTimeout(this.#resting);
      this.#resting = setTimeout(() => this.#settle(true), rest);
      this.#schedule();
    });
    area.addEventListener("pointerdown", () => (this.#isPressed = true));
    for (const released of ["pointerup", "pointercancel"]) {
      addEventListener(released, () => {
        this.#isPressed = false;
        this.#schedule();
      });
    }
  }

  /** @returns {View} */
  get view() {
    if (this.#asked !== null) return this.#asked;
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range === null) return { from: 0, to: this.#report.length };
    return { from: placeOf(this.slice, range.from - 0.5), to: placeOf(this.slice, range.to + 0.5) };
  }

  /** @param {View} view */
  show(view) {
    this.#draw(sliceFor(this.#report, this.slice, view, this.#width, 0), view);
  }

  /**
   * @param {Slice} slice
   * @param {View} view
   */
  #draw(slice, view) {
    this.#asked = view;
    if (slice !== this.slice) {
      this.slice = slice;
      this.#chart.timeScale().applyOptions({
        minBarSpacing: Math.min(0.5, (100 * slice.size) / this.#report.length),
      });
      this.#take(slice);
    }
    this.#chart.timeScale().setVisibleLogicalRange({
      from: logicalOf(slice, view.from) + 0.5,
      to: logicalOf(slice, view.to) - 0.5,
    });
    // The library moves at its next frame, and tells of it there.
    const drawn = () => {
      if (this.#asked === view) this.#asked = null;
      this.#schedule();
    };
    requestAnimationFrame(() => requestAnimationFrame(drawn));
  }

  /** Pixels of a place along the candles; good for one frame. @returns {(place: number) => number} */
  scale() {
    const scale = this.#chart.timeScale();
    const zero = scale.logicalToCoordinate(/** @type {Logical} */ (0)) ?? 0;
    const { barSpacing } = scale.options();
    return (place) => zero + barSpacing * logicalOf(this.slice, place);
  }

  get #width() {
    return this.#chart.timeScale().width();
  }

  #schedule() {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // Between two frames: one that draws has no time to make a slice as well.
    setTimeout(() => {
      this.#isScheduled = false;
      this.#settle(false);
    });
  }

  /**
   * Makes the slice that the view needs: while it moves, only what it cannot do without; at rest, what it may come to.
   *
   * @param {boolean} isAtRest
   */
  #settle(isAtRest) {
    if (this.#asked !== null || this.#isPressed) return;
    const { view } = this;
    const slice = sliceFor(this.#report, this.slice, view, this.#width, isAtRest ? 0.5 : 0);
    if (slice !== this.slice) this.#draw(slice, view);
  }
}
