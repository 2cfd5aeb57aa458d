/* global document, Blob, URL */
/** @import { Trade } from "./read-data.js" */
import { element } from "./dom.js";

const iso = (/** @type {number | null} */ time) => (time === null ? "" : new Date(time).toISOString());
const number = (/** @type {number | null} */ value) => (value === null ? "" : String(value));

/** @type {readonly (readonly [name: string, cell: (trade: Trade) => string])[]} */
const columns = [
  ["symbol", ({ symbol }) => textCell(symbol)],
  ["side", ({ side }) => side],
  ["entryTime", ({ entryTime }) => iso(entryTime)],
  ["entryPrice", ({ entryPrice }) => number(entryPrice)],
  ["exitTime", ({ exitTime }) => iso(exitTime)],
  ["exitPrice", ({ exitPrice }) => number(exitPrice)],
  ["quantity", ({ quantity }) => number(quantity)],
  ["profit", ({ profit }) => number(profit)],
  ["commission", ({ commission }) => number(commission)],
  ["entryTag", ({ entryTag }) => textCell(entryTag)],
  ["exitReason", ({ exitReason }) => textCell(exitReason)],
  ["exitTag", ({ exitTag }) => textCell(exitTag)],
];

/**
 * The trades with all their digits.
 *
 * @param {readonly Trade[]} trades
 * @param {string} groups what the column of symbols is called
 */
export function csvOf(trades, groups) {
  const hasSymbols = trades.some(({ symbol }) => symbol !== "");
  const shown = columns.filter(([name]) => name !== "symbol" || hasSymbols);
  return [
    shown.map(([name]) => (name === "symbol" ? groups : name)),
    ...trades.map((trade) => shown.map(([, cell]) => cell(trade))),
  ]
    .map((cells) => `${cells.join(",")}\r\n`)
    .join("");
}

/** A spreadsheet would run a tag that looks like a formula: an apostrophe keeps it text. @param {string} value */
export function textCell(value) {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Hands a text to the reader as a file. It comes from the page itself, not from any network.
 *
 * @param {string} name
 * @param {string} content
 */
export function download(name, content) {
  const address = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(address);
}
