/* global document, getComputedStyle, matchMedia */
import { byId, element } from "./dom.js";

const names = /** @type {const} */ ([
  "surface",
  "ink",
  "muted",
  "line",
  "accent",
  "up",
  "down",
  "volume",
  "gain",
  "loss",
  "long",
  "short",
  "equity",
  "hold",
  "series-1",
  "series-2",
  "series-3",
  "series-4",
  "series-5",
  "series-6",
  "plot-blue",
  "plot-green",
  "plot-red",
  "plot-orange",
  "plot-purple",
  "plot-teal",
  "plot-yellow",
  "plot-gray",
  "plot-black",
  "plot-white",
]);

/** @typedef {Record<typeof names[number], string>} Colours */

/**
 * The name of a colour that a program gave; null when there is none of that name.
 *
 * @param {string | null} colour
 */
export const plotColour = (colour) => names.find((name) => name === `plot-${colour}`) ?? null;

/** The colours of the style sheet as the canvas needs them: plain `rgb(…)`. */
export function readColours() {
  // Only a real property resolves `light-dark()`; a custom one is handed back as written.
  const probe = element("span", { hidden: "" });
  document.body.append(probe);
  const colours = /** @type {Colours} */ ({});
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}

/**
 * The same colour, partly see-through.
 *
 * @param {string} colour as `readColours` gives it
 * @param {number} alpha
 */
export const fade = (colour, alpha) => colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${alpha})`);

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (root.dataset.theme === undefined ? system.matches : root.dataset.theme === "dark");

/**
 * Makes the button switch, and calls back whenever the colours have changed, also by the system.
 *
 * @param {() => void} changed
 */
export function startTheme(changed) {
  const toggle = byId("theme");
  const say = () => toggle.setAttribute("aria-pressed", String(isDark()));
  toggle.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    say();
    changed();
  });
  system.addEventListener("change", () => {
    say();
    changed();
  });
  say();
}

/**
 * Does something in light colours, whatever the page shows: paper is light.
 *
 * @param {() => void} act
 */
export function inLight(act) {
  const before = root.dataset.theme;
  root.dataset.theme = "light";
  act();
  if (before === undefined) delete root.dataset.theme;
  else root.dataset.theme = before;
}
