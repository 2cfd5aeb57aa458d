/** @import { Scale } from "../../../search-report/scale.ts" */
/** @import { Trial } from "./read-study.js" */
/** @import { View } from "./view.js" */
import { byId, element } from "../dom.js";
import { readColours } from "../theme.js";
import { placeBeside } from "../tips.js";
import { sized } from "./canvas.js";
import { inWords } from "./read-study.js";
import { svgElement, svgLabel } from "./svg.js";
import { WhenSeen } from "./when-seen.js";

/**
 * What lies along one side of a plot: a value for each trial.
 *
 * @typedef {object} Axis
 * @property {string} title
 * @property {Float64Array} values
 * @property {Scale} scale
 * @property {readonly string[] | null} names
 */

/**
 * A line over the dots, in values of the two axes.
 *
 * @typedef {object} Line
 * @property {readonly (readonly [x: number, y: number])[]} points
 * @property {boolean} isStep
 */

const margin = { top: 10, right: 14, bottom: 38, left: 56 };
/** Dots do not lie on the frame. */
const padding = 8;
const reach = 14;

/** All trials as dots of two axes: pointed at they tell their values, taken they are looked at everywhere. */
export class Plot {
  /** Called when it is drawn anew. */
  onDraw = () => {};
  #host;
  #view;
  #axes;
  #lines;
  #canvas = element("canvas", { "aria-hidden": "true" });
  #below = svgElement("svg", { "aria-hidden": "true" });
  #above = svgElement("svg", { "aria-hidden": "true" });
  /** Places of the dots in pixels; NaN where there is none. @type {Float32Array} */
  #x;
  /** @type {Float32Array} */
  #y;
  #size = { width: 0, height: 0 };

  /**
   * @param {HTMLElement} host   its height is that of the plot
   * @param {View} view
   * @param {() => { x: Axis, y: Axis }} axes
   * @param {() => readonly Line[]} lines
   */
  constructor(host, view, axes, lines) {
    this.#host = host;
    this.#view = view;
    this.#axes = axes;
    this.#lines = lines;
    const { length } = view.study.trials;
    this.#x = new Float32Array(length);
    this.#y = new Float32Array(length);
    host.append(this.#below, this.#canvas, this.#above);
    host.tabIndex = 0;
    host.setAttribute("role", "application");
    this.#startPointer();
    host.addEventListener("keydown", (event) => this.#step(event));
    this.sight = new WhenSeen(host, () => this.#draw());
    view.listen({ choice: () => this.#drawAbove(), kept: () => this.sight.ask() });
  }

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (width === 0) return;
    this.#size = { width, height };
    const { x, y } = this.#axes();
    this.#host.setAttribute(
      "aria-label",
      `${y.title} against ${x.title}; the arrow keys go from trial to trial`,
    );
    for (const each of [this.#below, this.#above]) each.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#place(x, y);
    this.#drawAxes(x, y);
    this.#drawDots();
    this.#drawAbove();
    this.onDraw();
  }

  /** @param {Axis} axis @param {number} value */
  #across({ scale }, value) {
    const room = this.#size.width - margin.left - margin.right - 2 * padding;
    return margin.left + padding + scale.shareOf(value) * room;
  }

  /** @param {Axis} axis @param {number} value */
  #up({ scale }, value) {
    const room = this.#size.height - margin.top - margin.bottom - 2 * padding;
    return margin.top + padding + (1 - scale.shareOf(value)) * room;
  }

  /** @param {Axis} x @param {Axis} y */
  #place(x, y) {
    for (let i = 0; i < this.#x.length; i++) {
      this.#x[i] = this.#across(x, x.values[i] + (x.names === null ? 0 : scatter(i)));
      this.#y[i] = this.#up(y, y.values[i] + (y.names === null ? 0 : scatter(i)));
    }
  }

  /** @param {Axis} x @param {Axis} y */
  #drawAxes(x, y) {
    const { width, height } = this.#size;
    const bottom = height - margin.bottom;
    const right = width - margin.right;
    const inner = right - margin.left;
    const across = ticksThatFit(x, inner, (text) => 7 * text.length + 14);
    const up = y.scale.ticks(Math.max(2, Math.floor((bottom - margin.top) / 34)));
    const mostOfName = x.names === null ? Infinity : Math.floor(inner / x.names.length / 6.5);
    this.#below.replaceChildren(
      svgElement("path", {
        class: "frame",
        d: `M${margin.left} ${margin.top}V${bottom}H${right}`,
      }),
      ...up.flatMap(({ value, text }) => {
        const at = this.#up(y, value);
        return [
          svgElement("path", { class: "grid", d: `M${margin.left} ${at}H${right}` }),
          svgLabel(text, 8, { x: margin.left - 6, y: at + 4, "text-anchor": "end" }),
        ];
      }),
      ...across.flatMap(({ value, text }) => {
        const at = this.#across(x, value);
        return [
          svgElement("path", { class: "tick", d: `M${at} ${bottom}v4` }),
          svgLabel(text, mostOfName, { x: at, y: bottom + 16, "text-anchor": "middle" }),
        ];
      }),
      svgLabel(x.title, Math.floor(inner / 6), {
        class: "title",
        x: margin.left + inner / 2,
        y: height - 4,
        "text-anchor": "middle",
      }),
      svgLabel(y.title, Math.floor((bottom - margin.top) / 6), {
        class: "title",
        transform: `translate(11 ${margin.top + (bottom - margin.top) / 2}) rotate(-90)`,
        "text-anchor": "middle",
      }),
    );
  }

  #drawDots() {
    const { width, height } = this.#size;
    const context = sized(this.#canvas, width, height);
    if (context === null) return;
    const { kept, study } = this.#view;
    const { equity, hold } = readColours();
    const count = this.#x.length;
    const radius = count > 3000 ? 1.5 : count > 500 ? 2.2 : 3.2;
    const strength = count > 3000 ? 0.4 : count > 500 ? 0.55 : 0.75;
    // Those that are left out lie behind.
    for (const isKept of [0, 1]) {
      for (const { place, isAllowed } of study.trials) {
        if (kept[place] !== isKept || Number.isNaN(this.#x[place] + this.#y[place])) continue;
        context.fillStyle = isAllowed && isKept === 1 ? equity : hold;
        context.globalAlpha = isKept === 0 ? 0.1 : isAllowed ? strength : strength * 0.6;
        context.beginPath();
        context.arc(this.#x[place], this.#y[place], radius, 0, 2 * Math.PI);
        context.fill();
      }
    }
  }

  #drawAbove() {
    if (this.#size.width === 0) return;
    const { x, y } = this.#axes();
    const lines = this.#lines().map(({ points, isStep }) => {
      const path = points.map(([across, up], i) => {
        const [left, top] = [this.#across(x, across).toFixed(1), this.#up(y, up).toFixed(1)];
        return i === 0 ? `M${left} ${top}` : isStep ? `H${left}V${top}` : `L${left} ${top}`;
      });
      return svgElement("path", { class: "over", d: path.join("") });
    });
    const { study, chosen } = this.#view;
    this.#above.replaceChildren(
      ...lines,
      ...(study.best === null ? [] : this.#ring(study.best, "best")),
      ...(chosen === study.best ? [] : this.#ring(chosen, "chosen")),
    );
  }

  /** @param {Trial} trial @param {string} kind */
  #ring({ place }, kind) {
    const [cx, cy] = [this.#x[place], this.#y[place]];
    return Number.isNaN(cx + cy) ? [] : [svgElement("circle", { class: `ring ${kind}`, cx, cy, r: 6 })];
  }

  #startPointer() {
    const bubble = byId("tip");
    this.#host.addEventListener("pointermove", (event) => {
      const found = this.#nearest(event);
      this.#host.classList.toggle("pointing", found !== null);
      bubble.hidden = found === null;
      if (found === null) return;
      bubble.textContent = inWords(this.#view.study, found);
      const { clientX: left, clientY: top } = event;
      placeBeside(bubble, { left: left + 12, top, bottom: top + 4 });
    });
    this.#host.addEventListener("pointerleave", () => {
      bubble.hidden = true;
    });
    this.#host.addEventListener("click", (event) => {
      const found = this.#nearest(event);
      if (found !== null) this.#view.choose(found);
    });
  }

  /** The kept trial nearest to the pointer, where one is near. @param {MouseEvent} event */
  #nearest({ clientX, clientY }) {
    const { left, top } = this.#host.getBoundingClientRect();
    const { kept, study } = this.#view;
    let nearest = -1;
    let least = reach ** 2;
    for (let i = 0; i < this.#x.length; i++) {
      const distance = (this.#x[i] - clientX + left) ** 2 + (this.#y[i] - clientY + top) ** 2;
      if (kept[i] === 0 || !(distance < least)) continue;
      nearest = i;
      least = distance;
    }
    return nearest < 0 ? null : study.trials[nearest];
  }

  /** To the kept trial before or after the chosen one, from left to right. @param {KeyboardEvent} event */
  #step(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const { study, kept, chosen } = this.#view;
    const seen = study.trials
      .filter(({ place }) => kept[place] === 1 && !Number.isNaN(this.#x[place] + this.#y[place]))
      .sort((a, b) => this.#x[a.place] - this.#x[b.place] || a.place - b.place);
    if (seen.length === 0) return;
    const to = Math.max(0, Math.min(seen.length - 1, seen.indexOf(chosen) + step));
    this.#view.choose(seen[to]);
  }
}

/** Trials of one name lie beside one another, each always at the same place. @param {number} trial */
const scatter = (trial) => 0.6 * ((Math.imul(trial + 1, 0x9e3779b1) >>> 0) / 2 ** 32 - 0.5);

/**
 * As many ticks as do not run into one another.
 *
 * @param {Axis} axis
 * @param {number} room
 * @param {(text: string) => number} widthOf
 */
function ticksThatFit({ scale }, room, widthOf) {
  for (let most = Math.ceil(room / 40); most > 1; most--) {
    const ticks = scale.ticks(most);
    const widest = ticks.reduce((width, { text }) => Math.max(width, widthOf(text)), 0);
    if (widest * ticks.length <= room) return ticks;
  }
  return scale.ticks(1);
}
