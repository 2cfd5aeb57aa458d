/** @import { PageData } from "../page-data.ts" */
import { unpackColumn } from "../column.ts";
import { byId } from "./dom.js";

/** @typedef {ReturnType<typeof readData>} Report */
/** @typedef {Report["trades"][number]} Trade */
/** @typedef {Report["series"][number]} Series */

/** What the page was given, unpacked: columns as arrays, trades as objects. */
export function readData() {
  /** @type {PageData} */
  const data = JSON.parse(byId("report-data").textContent ?? "");
  const optional = (/** @type {PageData["volume"]} */ packed) =>
    packed === null ? null : unpackColumn(packed);
  const time = unpackColumn(data.time);
  const close = unpackColumn(data.close);
  const { held } = data;
  return {
    title: data.title,
    fileName: data.fileName,
    precision: data.precision,
    group: data.group,
    priceDecimals: data.priceDecimals,
    moneyDecimals: data.moneyDecimals,
    length: time.length,
    time,
    open: unpackColumn(data.open),
    high: unpackColumn(data.high),
    low: unpackColumn(data.low),
    close,
    volume: optional(data.volume),
    stop: optional(data.stop),
    equity: unpackColumn(data.equity),
    equityLow: optional(data.equityLow),
    equityHigh: optional(data.equityHigh),
    /** The account had it bought at the first close and held. */
    hold: held === null ? null : close.map((price) => held * price),
    drawdown: unpackColumn(data.drawdown),
    series: data.series.map((each) => ({ ...each, values: unpackColumn(each.values) })),
    trades: readTrades(data.trades),
    alerts: data.alerts,
  };
}

/** @param {PageData["trades"]} columns */
export function readTrades(columns) {
  return columns.long.map((long, i) => ({
    /** Place in the list, from 0. */
    place: i,
    /** Empty where all trades are of the symbol in the chart. */
    symbol: columns.texts[columns.symbol[i]],
    side: long ? "long" : "short",
    entryCandle: columns.entryCandle[i],
    exitCandle: columns.exitCandle[i],
    entryTime: columns.entryTime[i],
    exitTime: columns.exitTime[i],
    entryPrice: columns.entryPrice[i],
    exitPrice: columns.exitPrice[i],
    entryTag: columns.texts[columns.entryTag[i]],
    exitTag: columns.texts[columns.exitTag[i]],
    // A stop or target bears the tag of its entry, which says nothing of the exit.
    exitName:
      columns.exitTag[i] === columns.entryTag[i] || columns.exitTag[i] === 0
        ? columns.texts[columns.exitReason[i]]
        : columns.texts[columns.exitTag[i]],
    /** Empty while the trade is open. */
    exitReason: columns.texts[columns.exitReason[i]],
    quantity: columns.quantity[i],
    profit: columns.profit[i],
    commission: columns.commission[i],
    bars: columns.bars[i],
    return: columns.return[i],
  }));
}
