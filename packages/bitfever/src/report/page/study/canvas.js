/* global devicePixelRatio, getComputedStyle */
import { shades } from "../../../search-report/shades.ts";
import { element } from "../dom.js";

/**
 * A canvas of a size in pixels of the page, sharp on any screen.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
export function sized(canvas, width, height) {
  const ratio = Math.max(1, devicePixelRatio);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context?.scale(ratio, ratio);
  return context;
}

/** The shades of the style sheet as a canvas needs them. */
export function shadeColours() {
  const probe = element("span", { hidden: "" });
  document.body.append(probe);
  const colours = Array.from({ length: shades }, (_, shade) => {
    probe.style.color = `var(--shade-${shade})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colours;
}
