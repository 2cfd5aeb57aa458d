/** @import { Report } from "./read-data.js" */
import { formatNumber, formatTime } from "../format.ts";
import { byId, element } from "./dom.js";

/** More rows than this nobody reads; the filter finds the others. */
const mostRows = 200;

/** Fills the list of alerts, where the page has one. @param {Report} report */
export function startAlerts({ alerts, precision }) {
  if (alerts.count === 0) return;
  const told = alerts.text.map((text, i) => ({ time: formatTime(alerts.time[i], precision), text }));
  const filter = /** @type {HTMLInputElement} */ (byId("alert-filter"));
  const body = byId("alert-table").querySelector("tbody");
  const show = () => {
    const wanted = filter.value.trim().toLowerCase();
    const found = told.filter(({ time, text }) => `${time} ${text}`.toLowerCase().includes(wanted));
    const rows = found
      .slice(0, mostRows)
      .map(({ time, text }) =>
        element("tr", {}, element("td", {}, time), element("td", {}, element("bdi", {}, text))),
      );
    const none = element("tr", {}, element("td", { colspan: "2", class: "empty" }, "No alert is like that."));
    body?.replaceChildren(...(rows.length === 0 ? [none] : rows));
    byId("alert-count").textContent = countText(rows.length, found.length, told.length, alerts.count);
  };
  filter.addEventListener("input", show);
  show();
}

/**
 * @param {number} shown
 * @param {number} found
 * @param {number} carried by the page
 * @param {number} all
 */
function countText(shown, found, carried, all) {
  const number = (/** @type {number} */ count) => formatNumber(count, 0);
  const first = shown < found ? `the first ${number(shown)} of ` : "";
  const filtered = found < carried ? `, of ${number(carried)} in all` : "";
  const left = carried < all ? `; the page carries the first ${number(carried)} of ${number(all)}` : "";
  return `${first}${number(found)} ${found === 1 ? "alert" : "alerts"}${filtered}${left}`;
}
