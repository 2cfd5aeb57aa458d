/* global setTimeout, clearTimeout */
/** @import { TrialColumn } from "../../../search-report/trial-columns.ts" */
/** @import { View } from "./view.js" */
import { byId, button, element } from "../dom.js";
import { readColours } from "../theme.js";
import { shades } from "../../../search-report/shades.ts";
import { sized, shadeColours } from "./canvas.js";
import { svgElement, svgLabel } from "./svg.js";
import { WhenSeen } from "./when-seen.js";

const margin = { top: 34, bottom: 14, side: 58 };
const narrowest = 104;
const height = 380;
/** Brushes have to be dragged so far to count; a press alone takes them away. */
const least = 4;
/** How far a key moves or widens what is kept, as a share of the axis. */
const keyStep = 0.05;

/** Measures that have an axis before anybody asks for one. */
const usual = ["max_drawdown", "trades"];

/** Lines that are drawn while a brush moves. */
const mostInSketch = 1500;

/** @typedef {{ column: TrialColumn, x: number, group: SVGGElement, range: SVGRectElement }} Axis */

/** A line for each trial over axes side by side, some of which may be brushed. */
export class Parallel {
  #host;
  #view;
  /** @type {TrialColumn[]} */
  #columns;
  /** What is kept of an axis, in shares of it. @type {Map<TrialColumn, { from: number, to: number }>} */
  #ranges = new Map();
  /** Trials from the worst to the best, with their shades. @type {readonly (readonly [trial: number, shade: number])[]} */
  #order;
  #canvas = element("canvas", { "aria-hidden": "true" });
  #svg = svgElement("svg", {});
  #above = svgElement("path", { class: "over" });
  #best = svgElement("path", { class: "over best" });
  /** @type {Axis[]} */
  #axes = [];
  #width = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  /** @param {View} view */
  constructor(view) {
    this.#host = byId("parallel-plot");
    this.#view = view;
    const { parameters, measures, objectives } = view.study;
    const shown = measures.filter((each) => objectives.includes(each) || usual.includes(each.name));
    this.#columns = [...parameters, ...shown];
    this.#order = shadedOrder(measures[0]);
    this.#startButtons();
    this.#host.append(this.#canvas, this.#svg);
    this.sight = new WhenSeen(this.#host.parentElement ?? this.#host, () => this.#draw());
    view.listen({ choice: () => this.#drawChosen(), kept: () => this.#sketch() });
  }

  #startButtons() {
    for (const column of this.#view.study.measures) {
      const isShown = this.#columns.includes(column);
      const made = button(
        column.title,
        () => {
          const wasShown = this.#columns.includes(column);
          made.setAttribute("aria-pressed", String(!wasShown));
          if (wasShown) this.#keep(column, null);
          this.#columns = this.#view.study.columns.filter((each) =>
            each === column ? !wasShown : this.#columns.includes(each),
          );
          this.sight.now();
        },
        { class: "small-button", "aria-pressed": String(isShown) },
      );
      byId("parallel-buttons").append(made);
    }
  }

  #draw() {
    const room = this.#host.parentElement?.clientWidth ?? 0;
    if (room === 0) return;
    const gaps = Math.max(1, this.#columns.length - 1);
    this.#width = Math.max(room, 2 * margin.side + gaps * narrowest);
    this.#host.style.width = `${this.#width}px`;
    this.#host.style.height = `${height}px`;
    this.#svg.setAttribute("viewBox", `0 0 ${this.#width} ${height}`);
    const step = (this.#width - 2 * margin.side) / gaps;
    this.#axes = this.#columns.map((column, i) => this.#axis(column, margin.side + i * step, step));
    this.#svg.replaceChildren(this.#best, this.#above, ...this.#axes.map(({ group }) => group));
    this.#drawLines();
    this.#drawChosen();
  }

  /** @param {number} share */
  #up(share) {
    return margin.top + (1 - share) * (height - margin.top - margin.bottom);
  }

  /**
   * @param {TrialColumn} column
   * @param {number} x
   * @param {number} room
   * @returns {Axis}
   */
  #axis(column, x, room) {
    const { title, scale } = column;
    const range = svgElement("rect", { class: "range", x: x - 8, width: 16, y: 0, height: 0 });
    const group = svgElement(
      "g",
      {
        class: "axis",
        tabindex: 0,
        role: "slider",
        "aria-orientation": "vertical",
        "aria-label": `Kept of ${title}`,
        "aria-valuemin": 0,
        "aria-valuemax": 100,
      },
      svgElement("rect", {
        class: "hit",
        x: x - 20,
        width: 40,
        y: margin.top - 6,
        height: height - margin.top - margin.bottom + 12,
      }),
      svgElement("path", { class: "frame", d: `M${x} ${margin.top}V${height - margin.bottom}` }),
      range,
      ...scale
        .ticks(6)
        .map(({ value, text }) =>
          svgLabel(text, Math.floor(room / 9), { x: x + 7, y: this.#up(scale.shareOf(value)) + 4 }),
        ),
      svgLabel(title, Math.floor(room / 6.4), { class: "title", x, y: 16, "text-anchor": "middle" }),
    );
    const axis = { column, x, group, range };
    this.#startBrush(axis);
    this.#showRange(axis);
    return axis;
  }

  /** @param {Axis} axis */
  #startBrush(axis) {
    const { group, column } = axis;
    const shareAt = (/** @type {PointerEvent} */ { clientY }) => {
      const { top, height: seen } = this.#svg.getBoundingClientRect();
      const y = ((clientY - top) / seen) * height;
      return 1 - Math.min(1, Math.max(0, (y - margin.top) / (height - margin.top - margin.bottom)));
    };
    group.addEventListener("pointerdown", (event) => {
      const start = shareAt(event);
      const before = this.#ranges.get(column);
      const isMoving = before !== undefined && start >= before.from && start <= before.to;
      group.setPointerCapture(event.pointerId);
      let hasMoved = false;
      const move = (/** @type {PointerEvent} */ at) => {
        if (Math.abs(at.clientY - event.clientY) >= least) hasMoved = true;
        if (!hasMoved) return;
        const now = shareAt(at);
        if (isMoving) this.#keep(column, shifted(before, now - start));
        else this.#keep(column, { from: Math.min(start, now), to: Math.max(start, now) });
        this.#showRange(axis);
      };
      const end = () => {
        group.removeEventListener("pointermove", move);
        group.removeEventListener("pointerup", end);
        group.removeEventListener("pointercancel", end);
        if (!hasMoved) this.#keep(column, null);
        this.#showRange(axis);
      };
      group.addEventListener("pointermove", move);
      group.addEventListener("pointerup", end);
      group.addEventListener("pointercancel", end);
    });
    group.addEventListener("keydown", (event) => {
      const { key, shiftKey } = event;
      const range = this.#ranges.get(column) ?? { from: 0, to: 1 };
      const direction = { ArrowUp: 1, ArrowDown: -1 }[key];
      if (key === "Delete" || key === "Backspace" || key === "Escape") this.#keep(column, null);
      else if (direction === undefined) return;
      else if (shiftKey || !this.#ranges.has(column)) this.#keep(column, widened(range, direction * keyStep));
      else this.#keep(column, shifted(range, direction * keyStep));
      event.preventDefault();
      this.#showRange(axis);
    });
  }

  /** @param {TrialColumn} column @param {{ from: number, to: number } | null} range */
  #keep(column, range) {
    if (range === null) this.#ranges.delete(column);
    else this.#ranges.set(column, range);
    const { values, scale, name } = column;
    this.#view.filter(
      `axis ${name}`,
      range === null
        ? null
        : (trial) => {
            const share = scale.shareOf(values[trial]);
            return share >= range.from && share <= range.to;
          },
    );
  }

  /** Lets all trials through. */
  clear() {
    for (const column of [...this.#ranges.keys()]) this.#keep(column, null);
    for (const each of this.#axes) this.#showRange(each);
  }

  /** @param {Axis} axis */
  #showRange({ column, range, group }) {
    const kept = this.#ranges.get(column);
    const [from, to] = [kept?.from ?? 0, kept?.to ?? 1];
    range.setAttribute("y", String(this.#up(to)));
    range.setAttribute("height", String(this.#up(from) - this.#up(to)));
    range.classList.toggle("set", kept !== undefined);
    group.setAttribute("aria-valuenow", String(Math.round(50 * (from + to))));
    const words = kept === undefined ? "all" : `${this.#words(column, from)} to ${this.#words(column, to)}`;
    group.setAttribute("aria-valuetext", words);
  }

  /** @param {TrialColumn} column @param {number} share */
  #words({ scale, names, text }, share) {
    const value = scale.valueAt(share);
    return text(names === null ? value : Math.min(names.length - 1, Math.max(0, Math.round(value))));
  }

  /** @param {Pick<CanvasPath, "moveTo" | "lineTo">} path @param {number} trial */
  #trace(path, trial) {
    let isDrawing = false;
    for (const { column, x } of this.#axes) {
      const share = column.scale.shareOf(column.values[trial]);
      if (Number.isNaN(share)) isDrawing = false;
      else if (isDrawing) path.lineTo(x, this.#up(share));
      else {
        path.moveTo(x, this.#up(share));
        isDrawing = true;
      }
    }
  }

  /** Some of the lines at once, and all of them when the filters rest. */
  #sketch() {
    clearTimeout(this.#rest);
    this.#drawLines(mostInSketch);
    if (this.#order.length > mostInSketch) this.#rest = setTimeout(() => this.#drawLines(), 150);
  }

  /** @param {number} [most] */
  #drawLines(most = Infinity) {
    if (this.#width === 0) return;
    const context = sized(this.#canvas, this.#width, height);
    if (context === null) return;
    const { kept, isFiltered, count } = this.#view;
    const colours = shadeColours();
    context.lineWidth = count > 1000 ? 0.8 : 1.2;
    const every = Math.max(1, Math.ceil(this.#order.length / most));
    const lines = this.#order.filter((_, i) => i % every === 0);
    const draw = (/** @type {number} */ trial, /** @type {string} */ colour) => {
      // Each by itself: a path of ten thousand lines takes a canvas minutes.
      context.strokeStyle = colour;
      context.beginPath();
      this.#trace(context, trial);
      context.stroke();
    };
    context.globalAlpha = 0.03;
    const { hold } = readColours();
    if (isFiltered) for (const [trial] of lines) if (kept[trial] === 0) draw(trial, hold);
    context.globalAlpha = Math.max(0.12, Math.min(0.8, 60 / Math.sqrt(count * 40 + 1)));
    for (const [trial, shade] of lines) if (kept[trial] === 1) draw(trial, colours[shade]);
  }

  #drawChosen() {
    const { study, chosen } = this.#view;
    for (const [made, trial] of /** @type {const} */ ([
      [this.#best, study.best],
      [this.#above, chosen === study.best ? null : chosen],
    ])) {
      const path = new Path();
      if (trial !== null) this.#trace(path, trial.place);
      made.setAttribute("d", path.text);
    }
  }
}

/** What a canvas would be told to draw, as the text of a picture. */
class Path {
  text = "";

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.text += `M${x} ${y}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.text += `L${x} ${y}`;
  }
}

/** By rank, so that one outlier does not make all others look alike. @param {TrialColumn} objective */
function shadedOrder({ values, better }) {
  const sign = better === "lower" ? -1 : 1;
  const known = [...values.keys()].filter((trial) => !Number.isNaN(values[trial]));
  known.sort((a, b) => sign * (values[a] - values[b]));
  return known.map(
    (trial, rank) => /** @type {const} */ ([trial, Math.floor((rank / known.length) * shades)]),
  );
}

/** @param {{ from: number, to: number }} range @param {number} by */
function shifted({ from, to }, by) {
  const room = Math.min(1 - to, Math.max(-from, by));
  return { from: from + room, to: to + room };
}

/** At its upper end. @param {{ from: number, to: number }} range @param {number} by */
const widened = ({ from, to }, by) => ({ from, to: Math.min(1, Math.max(from + keyStep, to + by)) });
