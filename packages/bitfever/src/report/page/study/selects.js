/* global HTMLSelectElement */
import { byId, element } from "../dom.js";

/**
 * Fills a list to choose from, and calls back when another is taken.
 *
 * @template Choice
 * @param {string} form  id of the form it is in
 * @param {string} name
 * @param {readonly (readonly [label: string, choice: Choice])[]} choices
 * @param {number} first which is taken at first
 * @param {(choice: Choice) => void} take
 */
export function startSelect(form, name, choices, first, take) {
  const select = byId(form).querySelector(`[name=${name}]`);
  if (!(select instanceof HTMLSelectElement)) throw new Error(`report: no list ${name} in #${form}`);
  select.append(...choices.map(([label], i) => element("option", { value: String(i) }, label)));
  select.selectedIndex = first;
  select.addEventListener("change", () => take(choices[select.selectedIndex][1]));
}
