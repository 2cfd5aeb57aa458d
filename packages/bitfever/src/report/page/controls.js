/**
 * @import { Charts } from "./charts.js"
 * @import { Report } from "./read-data.js"
 */
import { byId, button, element } from "./dom.js";

const day = 86_400_000;

/** @type {readonly (readonly [label: string, span: number, name: string])[]} */
const spans = [
  ["1D", day, "one day"],
  ["1W", 7 * day, "one week"],
  ["1M", 30.44 * day, "one month"],
  ["3M", 91.3 * day, "three months"],
  ["6M", 182.6 * day, "six months"],
  ["1Y", 365.25 * day, "one year"],
  ["3Y", 3 * 365.25 * day, "three years"],
  ["10Y", 10 * 365.25 * day, "ten years"],
];

/**
 * Buttons, keys and the wheel of the charts.
 *
 * @param {Charts} charts
 * @param {Report} report
 * @param {(step: number) => void} stepTrade chooses the trade so many places further
 */
export function startControls(charts, report, stepTrade) {
  rangeButtons(charts, report);
  legend(charts, report);
  keys(charts, stepTrade);
}

/**
 * @param {Charts} charts
 * @param {Report} report
 */
function rangeButtons(charts, { time, length }) {
  const whole = time[length - 1] - time[0];
  // A range of few candles says little, and one of nearly all is what "All" is for.
  const useful = spans.filter(([, span]) => span < 0.8 * whole && (span / whole) * length >= 15).slice(-5);
  const log = toggle("Log", false, (on) => charts.setLogarithmic(on));
  log.title = "Logarithmic scale of prices and account";
  byId("chart-ranges").append(
    ...useful.map(([label, span, name]) =>
      button(label, () => charts.showSpan(span), { "aria-label": `Show ${name}`, class: "small-button" }),
    ),
    button("All", () => charts.fit(), { "aria-label": "Fit all bars", class: "small-button" }),
    log,
  );
}

/**
 * @param {Charts} charts
 * @param {Report} report
 */
function legend(charts, { trades }) {
  const chips = charts.layers.slice(1).map((layer) => {
    const chip = toggle(layer.label, layer.shown, (on) => (on ? charts.show(layer) : charts.hide(layer)));
    const swatch = element("span", { class: `swatch ${layer.style}`, "aria-hidden": "true" });
    swatch.style.background = `var(--${layer.colour})`;
    chip.prepend(swatch);
    chip.classList.add("chip");
    return chip;
  });
  if (trades.length > 0) {
    const chip = toggle("Trades", true, (on) => charts.showTrades(on));
    chip.prepend(
      element("span", { class: "arrow long", "aria-hidden": "true" }, "▲"),
      element("span", { class: "arrow short", "aria-hidden": "true" }, "▼"),
    );
    chip.classList.add("chip");
    chips.unshift(chip);
  }
  byId("chart-legend").append(...chips);
}

/**
 * @param {string} label
 * @param {boolean} on
 * @param {(on: boolean) => void} act
 */
function toggle(label, on, act) {
  let pressed = on;
  const made = button(
    label,
    () => {
      pressed = !pressed;
      made.setAttribute("aria-pressed", String(pressed));
      act(pressed);
    },
    { "aria-pressed": String(on), class: "small-button" },
  );
  return made;
}

/**
 * @param {Charts} charts
 * @param {(step: number) => void} stepTrade
 */
function keys(charts, stepTrade) {
  const area = byId("chart-area");
  /** @type {Readonly<Record<string, () => void>>} */
  const actions = {
    ArrowLeft: () => charts.move(1, -0.2),
    ArrowRight: () => charts.move(1, 0.2),
    "+": () => charts.move(0.7, 0),
    "=": () => charts.move(0.7, 0),
    "-": () => charts.move(1.4, 0),
    0: () => charts.fit(),
    n: () => stepTrade(1),
    p: () => stepTrade(-1),
  };
  area.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actions[event.key] ?? actions[event.key.toLowerCase()];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  // The wheel scrolls the page, and the chart only with Ctrl, ⌘ or a pinch (which browsers report as Ctrl), or sideways.
  area.addEventListener(
    "wheel",
    (event) => {
      const meant = event.ctrlKey || event.metaKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!meant) event.stopPropagation();
    },
    { capture: true, passive: true },
  );
}
