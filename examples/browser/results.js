// What a run came to: tiles, the account over time, all metrics, the trades.

import { AreaSeries, createChart, LineSeries } from "./charts.js";

const tiles = [
  ["total_return", "Total return"],
  ["cagr", "CAGR"],
  ["max_drawdown", "Max drawdown"],
  ["sharpe", "Sharpe"],
  ["profit_factor", "Profit factor"],
  ["win_rate", "Win rate"],
  ["trades", "Trades"],
  ["exposure", "Exposure"],
];
const signed = new Set(["total_return", "cagr", "sharpe", "net_profit"]);
const shownTrades = 200;

const element = (name, text, className = "") => {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
};
const toneOf = (value) => (value > 0 ? "gain" : value < 0 ? "loss" : "");
const minus = (text) => text.replace(/^-/, "−");
const money = (value) => minus(value.toFixed(2).replace(/\d(?=(\d{3})+\.)/g, "$&,"));
const day = (time) =>
  time === null ? "open" : time.replace("T00:00:00Z", "").replace("T", " ").replace(/:00Z$/, "");
const colour = (name) => {
  const probe = document.body.appendChild(element("span", ""));
  probe.style.color = `var(--${name})`;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
};
const faded = (text, share) => text.replace(/^rgb\((.*)\)$/, `rgba($1, ${share})`);

export function makeResults({ tilesAt, chartAt, metricsAt, tradesAt, tradeCount }) {
  const chart = createChart(chartAt, {
    autoSize: true,
    rightPriceScale: { borderVisible: false },
    timeScale: { borderVisible: false, minBarSpacing: 0.001 },
    localization: { priceFormatter: (value) => Math.round(value).toLocaleString("en") },
    handleScroll: { mouseWheel: false },
    handleScale: { mouseWheel: false },
  });
  const hold = chart.addSeries(LineSeries, { lineWidth: 1, priceLineVisible: false, title: "Buy and hold" });
  const equity = chart.addSeries(AreaSeries, { lineWidth: 2, priceLineVisible: false, title: "Equity" });

  function dress() {
    const line = colour("line");
    chart.applyOptions({
      layout: { background: { color: "transparent" }, textColor: colour("muted"), fontFamily: "inherit" },
      grid: { vertLines: { visible: false }, horzLines: { color: line } },
    });
    const accent = colour("accent");
    equity.applyOptions({
      lineColor: accent,
      topColor: faded(accent, 0.28),
      bottomColor: faded(accent, 0.02),
    });
    hold.applyOptions({ color: colour("hold") });
  }
  dress();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);

  return {
    show(result, { texts, hold: held }, metrics) {
      const formulas = new Map(metrics.map(({ name, formula }) => [name, formula]));
      const reasonOf = (name) => result.metricReasons[name];
      const valueOf = (name) => minus(texts[name] ?? "–");
      const toned = (name) => (signed.has(name) ? toneOf(result.metrics[name]) : "");

      tilesAt.replaceChildren(
        ...tiles.map(([name, label]) => {
          const tile = element("div", "", "tile");
          tile.title = reasonOf(name) ?? formulas.get(name);
          tile.append(element("dt", label), element("dd", valueOf(name), toned(name)));
          return tile;
        }),
      );

      const seconds = result.equity.time.map((time) => Date.parse(time) / 1000);
      const points = (values) => values.map((value, i) => ({ time: seconds[i], value }));
      equity.setData(points(result.equity.value));
      hold.setData(points(held));
      chart.timeScale().fitContent();

      metricsAt.replaceChildren(
        ...metrics.map(({ name, title, formula }) => {
          const row = document.createElement("tr");
          row.title = reasonOf(name) ?? formula;
          const head = element("th", title);
          head.scope = "row";
          row.append(head, element("td", valueOf(name), toned(name)));
          return row;
        }),
      );

      const { trades } = result;
      const shown = trades.slice(-shownTrades).reverse();
      tradeCount.textContent =
        trades.length > shown.length ? `the newest ${shown.length} of ${trades.length}` : `${trades.length}`;
      tradesAt.replaceChildren(
        ...shown.map((trade) => {
          const row = document.createElement("tr");
          const { side, entryTime, entryPrice, exitTime, exitPrice, quantity, profit, exitReason } = trade;
          row.append(
            element("td", side, side),
            element("td", day(entryTime)),
            element("td", money(entryPrice), "number"),
            element("td", day(exitTime)),
            element("td", exitPrice === null ? "" : money(exitPrice), "number"),
            element("td", String(Number(quantity.toPrecision(6))), "number"),
            element("td", money(profit), `number ${toneOf(profit)}`),
            element("td", exitReason ?? ""),
          );
          return row;
        }),
      );
    },
  };
}
