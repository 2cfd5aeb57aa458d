/* global document, SVGSVGElement */
/** @import { CursorData } from "../page-data.ts" */
import { unpackColumn } from "../column.ts";
import { absent, formatNumber, formatPercent, formatTime } from "../format.ts";
import { element } from "./dom.js";

/**
 * A line under the pointer of each chart, by keys as well, and what the values are there, in the `output` beside it.
 *
 * @param {CursorData} data
 * @param {number} moneyDecimals
 * @returns {(name: string, time: number) => void} points at a time in a chart, and brings it into sight
 */
export function startCursors({ time: packed, rows }, moneyDecimals) {
  const time = unpackColumn(packed);
  /** The places of a chart, of which a page shows the one that fits. @type {Map<string, SVGSVGElement[]>} */
  const charts = new Map();

  for (const [name, own] of Object.entries(rows)) {
    const columns = own.map((row) => ({ ...row, values: unpackColumn(row.values) }));
    const pictures = [...document.querySelectorAll(`svg[data-cursor="${name}"]`)].filter(
      (each) => each instanceof SVGSVGElement,
    );
    charts.set(name, pictures);
    let at = time.length - 1;

    const tell = () => {
      for (const picture of pictures) {
        drawAt(picture, time[at]);
        picture
          .closest("figure")
          ?.querySelector("output")
          ?.replaceChildren(
            element("b", {}, formatTime(time[at], "day")),
            ...columns.map((column) => {
              const { name: said, kind, values } = column;
              const text = textOf(column, values[at], moneyDecimals);
              return element("span", {}, element("i", { class: `run ${kind}` }, said), ` ${text}`);
            }),
          );
      }
    };
    for (const picture of pictures) {
      picture.addEventListener("pointermove", ({ clientX }) => {
        at = nearest(time, timeAt(picture, clientX));
        tell();
      });
      picture.addEventListener("keydown", (event) => {
        const step = {
          ArrowLeft: -1,
          ArrowRight: 1,
          PageUp: -20,
          PageDown: 20,
          Home: -Infinity,
          End: Infinity,
        }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        at = Math.max(0, Math.min(time.length - 1, at + step));
        tell();
      });
      picture.addEventListener("pointed", () => {
        at = nearest(time, Number(picture.dataset["pointed"]));
        tell();
      });
    }
  }

  return (name, moment) => {
    const seen = charts.get(name)?.find((each) => each.getBoundingClientRect().width > 0);
    if (seen === undefined) return;
    seen.dataset["pointed"] = String(moment);
    seen.dispatchEvent(new Event("pointed"));
    seen.closest("figure")?.scrollIntoView({ block: "center" });
  };
}

/**
 * @param {Pick<import("../page-data.ts").CursorRow, "unit" | "texts">} row
 * @param {number} value
 * @param {number} moneyDecimals
 */
function textOf({ unit, texts = [] }, value, moneyDecimals) {
  switch (unit) {
    case "switch":
      return value === 1 ? "on" : "off";
    case "text":
      return texts[value] ?? absent;
    case "ratio":
      return formatPercent(value);
    case "money":
      return formatNumber(value, moneyDecimals);
    case "number":
      return formatNumber(value, 2);
    case "count":
      return formatNumber(value, 0);
  }
}

/** @param {SVGSVGElement} picture */
const rangeOf = ({ dataset }) => ({
  from: Number(dataset["from"]),
  to: Number(dataset["to"]),
  width: Number(dataset["width"]),
});

/**
 * @param {SVGSVGElement} picture
 * @param {number} clientX
 */
function timeAt(picture, clientX) {
  const { left, width: seen } = picture.getBoundingClientRect();
  const { from, to, width } = rangeOf(picture);
  const x = ((clientX - left) / seen) * picture.viewBox.baseVal.width;
  return from + (x / width) * (to - from);
}

/**
 * @param {SVGSVGElement} picture
 * @param {number} moment
 */
function drawAt(picture, moment) {
  const { from, to, width } = rangeOf(picture);
  let line = picture.querySelector(".cursor");
  if (line === null) {
    line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("class", "cursor");
    picture.append(line);
  }
  const x = to > from ? ((moment - from) / (to - from)) * width : 0;
  line.setAttribute("d", `M${x.toFixed(1)} 0V${picture.viewBox.baseVal.height - 18}`);
}

/**
 * The place of the last time that is not after a moment.
 *
 * @param {Float64Array} time
 * @param {number} moment
 */
function nearest(time, moment) {
  let [low, high] = [0, time.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (time[middle] <= moment) low = middle;
    else high = middle - 1;
  }
  return low;
}
