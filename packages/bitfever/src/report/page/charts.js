/* global addEventListener, innerWidth, ResizeObserver, requestAnimationFrame */
/**
 * @import { IPaneApi, ISeriesApi, SeriesType, Time, MouseEventParams } from "lightweight-charts"
 * @import { Report, Trade } from "./read-data.js"
 * @import { Layer } from "./layers.js"
 */
import { formatTime } from "../format.ts";
import { element } from "./dom.js";
import { layersOf, panesOf } from "./layers.js";
import { Sight } from "./sight.js";
import { sliceOf } from "../slice.ts";
import { fade, readColours } from "./theme.js";
import { TradeMarks } from "./trade-marks.js";
import { VolumeBars } from "./volume-bars.js";

const library = /** @type {typeof import("lightweight-charts")} */ (
  Reflect.get(globalThis, "LightweightCharts")
);

const kinds = {
  Candlestick: library.CandlestickSeries,
  Line: library.LineSeries,
  Baseline: library.BaselineSeries,
  Area: library.AreaSeries,
  Histogram: library.HistogramSeries,
};

const axisHeight = 30;

/** The price chart and the panes below it: one time scale, one crosshair. */
export class Charts {
  // Called when the pointer comes to a trade's mark, leaves it (null), or presses it.
  /** @type {(trade: Trade | null, at: { x: number, y: number } | null) => void} */
  onHover = () => {};
  /** @type {(trade: Trade) => void} */
  onPress = () => {};
  layers;
  marks;
  #volume;
  #report;
  #area;
  #chart;
  #colours = readColours();
  /** @type {Map<Layer, ISeriesApi<SeriesType>[]>} */
  #drawn = new Map();
  #panes;
  #plotted;
  #sight;
  /** What the readouts tell of when nothing is pointed at. */
  #last;
  /** The point at the crosshair. @type {number | null} */
  #pointed = null;

  /**
   * @param {HTMLElement} area
   * @param {Report} report
   */
  constructor(area, report) {
    this.#area = area;
    this.#report = report;
    this.#last = sliceOf(report, 1, report.length - 1, report.length);
    this.layers = layersOf(report);
    this.#plotted = report.series.some(({ look }) => look !== null);
    area.classList.toggle("plotted", this.#plotted);
    this.#volume = report.volume === null ? null : new VolumeBars(this.#colours.volume);
    this.#panes = panesOf(report).map((kind) => ({
      ...kind,
      /** @type {IPaneApi<Time> | null} */
      pane: null,
      readout: element("div", { class: "readout", "aria-hidden": "true" }),
      /** @type {{ layer: Layer, value: HTMLElement }[]} */
      values: [],
    }));
    this.#chart = this.#makeChart();
    this.#sight = new Sight(this.#chart, area, report, () => this.#draw());
    this.marks = new TradeMarks(report, this.#colours, this.#sight);
    area.append(...this.#panes.map(({ readout }) => readout));
    for (const layer of this.layers) if (layer.shown) this.show(layer);

    this.#chart.subscribeCrosshairMove((event) => this.#moved(event));
    this.#chart.subscribeClick((event) => {
      const trade = this.#tradeAt(event);
      if (trade !== null) this.onPress(trade);
    });
    new ResizeObserver(() => this.#arrange()).observe(area);
    // A pane may have been dragged to another height.
    addEventListener("pointerup", () => this.#placeReadouts());
    this.fit();
  }

  #makeChart() {
    const { precision } = this.#report;
    const look = this.#look();
    return library.createChart(this.#area, {
      autoSize: true,
      ...look,
      localization: {
        locale: "en-US",
        timeFormatter: (/** @type {Time} */ time) => formatTime(Number(time) * 1000, precision),
      },
      timeScale: {
        ...look.timeScale,
        timeVisible: precision !== "day",
        secondsVisible: precision === "second",
      },
      crosshair: { mode: library.CrosshairMode.Normal },
      // A page is scrolled past its chart more often than the chart is zoomed: see `startControls`.
      handleScroll: { vertTouchDrag: false },
      // It would go on from places that a new slice has moved.
      kineticScroll: { touch: false, mouse: false },
    });
  }

  #look() {
    const { ink, muted, line } = this.#colours;
    const border = { borderColor: line };
    return {
      layout: {
        background: { type: library.ColorType.Solid, color: "transparent" },
        textColor: muted,
        fontSize: 11,
        fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
        panes: { separatorColor: line, separatorHoverColor: fade(muted, 0.2) },
      },
      grid: { vertLines: { color: fade(line, 0.5) }, horzLines: { color: fade(line, 0.5) } },
      crosshair: {
        vertLine: { color: muted, labelBackgroundColor: ink },
        horzLine: { color: muted, labelBackgroundColor: ink },
      },
      rightPriceScale: border,
      timeScale: border,
    };
  }

  /** @param {Layer} layer */
  show(layer) {
    layer.shown = true;
    const pane = this.#openPane(layer.pane);
    const drawn = layer.parts.map(({ kind, options, painter }) => {
      const series = pane.addSeries(/** @type {any} */ (kinds[kind]), options(this.#colours));
      if (painter !== undefined) series.attachPrimitive(painter);
      return series;
    });
    this.#paint(layer);
    this.#drawn.set(layer, drawn);
    this.#fill(layer);
    if (layer === this.layers[0]) {
      drawn[0].attachPrimitive(this.marks);
      if (this.#volume !== null) drawn[0].attachPrimitive(this.#volume);
    }
    this.#showVolume(layer);
    this.#arrange();
  }

  /** @param {Layer} layer */
  hide(layer) {
    layer.shown = false;
    this.#showVolume(layer);
    for (const series of this.#drawn.get(layer) ?? []) this.#chart.removeSeries(series);
    this.#drawn.delete(layer);
    // The library takes a pane away with its last series.
    const left = this.layers.some(({ pane, shown }) => shown && pane === layer.pane);
    const own = this.#panes.find(({ name }) => name === layer.pane);
    if (!left && own !== undefined) own.pane = null;
    this.#arrange();
  }

  /** Draws the slice in sight. */
  #draw() {
    // The library keeps the times of all series together. Emptied first, they are put in order once, by the first series.
    for (const drawn of this.#drawn.values()) for (const series of drawn) series.setData([]);
    for (const layer of this.#drawn.keys()) this.#fill(layer);
    this.#volume?.take(this.#sight.slice);
    this.#pointed = null;
  }

  /** Gives the series of a layer the points of the slice in sight. @param {Layer} layer */
  #fill(layer) {
    const { slice } = this.#sight;
    layer.parts.forEach(({ points, painter }, i) => {
      this.#drawn.get(layer)?.[i].setData(/** @type {any} */ (points(slice)));
      painter?.take(slice);
    });
  }

  /** Gives what is drawn by hand the colours of the day. @param {Layer} layer */
  #paint({ parts, colour }) {
    for (const { painter } of parts) painter?.recolour(this.#colours[colour]);
  }

  /** The one layer without a series. @param {Layer} layer */
  #showVolume(layer) {
    if (layer.label !== "Volume" || layer.parts.length > 0 || this.#volume === null) return;
    this.#volume.visible = layer.shown;
    this.#volume.update();
  }

  /**
   * @param {string} name
   * @returns {IPaneApi<Time>}
   */
  #openPane(name) {
    const at = this.#panes.findIndex((each) => each.name === name);
    const own = this.#panes[at];
    if (own.pane === null) {
      const above = this.#panes.slice(0, at).filter(({ pane }) => pane !== null).length;
      own.pane = at === 0 ? this.#chart.panes()[0] : this.#chart.addPane(true);
      own.pane.setPreserveEmptyPane(false);
      if (own.pane.paneIndex() !== above) own.pane.moveTo(above);
    }
    return own.pane;
  }

  /** Heights, and what stands in the corner of each pane. */
  #arrange() {
    const narrow = innerWidth < 640;
    let height = axisHeight;
    for (const each of this.#panes) {
      const own = each.name === "price" && narrow ? 300 : each.height * (narrow ? 0.85 : 1);
      each.readout.hidden = each.pane === null;
      this.#fillReadout(each);
      if (each.pane === null) continue;
      height += own;
      each.pane.setStretchFactor(own);
      const price = each.name === "price";
      // For the readout, which takes more lines on a phone, and as many as its plots need.
      const head = Math.max(price && narrow ? 58 : 30, this.#plotted ? each.readout.offsetHeight + 7 : 0);
      each.pane
        .priceScale("right")
        .applyOptions({ scaleMargins: { top: head / own, bottom: price ? 0.16 : 0.06 } });
    }
    this.#area.style.height = `${Math.round(height)}px`;
    requestAnimationFrame(() => this.#placeReadouts());
  }

  /** @param {{ name: string, title?: string | undefined, readout: HTMLElement, values: { layer: Layer, value: HTMLElement }[] }} pane */
  #fillReadout(pane) {
    const shown = this.layers.filter((layer) => layer.shown && layer.pane === pane.name);
    pane.values = shown.map((layer) => ({ layer, value: element("span", {}) }));
    const { title } = pane;
    const isNews = title !== undefined && shown.every(({ label }) => label !== title);
    pane.readout.replaceChildren(
      ...(isNews ? [element("i", {}, title)] : []),
      ...pane.values.map(({ layer, value }) => {
        if (layer === this.layers[0]) return value;
        const label = element("b", {}, layer.label);
        label.style.color = this.#colours[layer.colour];
        return element("span", {}, label, " ", value);
      }),
    );
    this.#sayValues(pane.values);
  }

  #placeReadouts() {
    const top = this.#area.getBoundingClientRect().top;
    for (const { pane, readout } of this.#panes) {
      const row = pane?.getHTMLElement();
      if (row) readout.style.top = `${row.getBoundingClientRect().top - top + 5}px`;
    }
  }

  /** @param {{ layer: Layer, value: HTMLElement }[]} values */
  #sayValues(values) {
    const { precision } = this.#report;
    const slice = this.#pointed === null ? this.#last : this.#sight.slice;
    const point = this.#pointed ?? 0;
    for (const { layer, value } of values) {
      const when = layer === this.layers[0] ? `${formatTime(slice.time[point], precision)}  ` : "";
      value.textContent = when + layer.text(slice, point);
    }
  }

  /** @param {MouseEventParams<Time>} event */
  #moved(event) {
    const last = this.#sight.slice.time.length - 1;
    this.#pointed =
      event.logical === undefined ? null : Math.max(0, Math.min(last, Math.round(event.logical)));
    for (const { values } of this.#panes) this.#sayValues(values);
    this.onHover(this.#tradeAt(event), event.point ?? null);
  }

  /** @param {MouseEventParams<Time>} event */
  #tradeAt({ hoveredInfo }) {
    const id = /^trade-(\d+)$/.exec(String(hoveredInfo?.objectId ?? ""));
    return id === null ? null : this.#report.trades[Number(id[1])];
  }

  /** @param {boolean} visible */
  showTrades(visible) {
    this.marks.visible = visible;
    this.marks.update();
  }

  /**
   * Marks a trade, and scrolls to it.
   *
   * @param {Trade | null} trade
   */
  choose(trade) {
    this.marks.chosen = trade;
    this.marks.update();
    if (trade === null) return;
    const last = trade.exitCandle ?? this.#report.length - 1;
    const half = Math.max(innerWidth < 640 ? 20 : 45, (last - trade.entryCandle) * 1.1);
    const middle = (trade.entryCandle + last + 1) / 2;
    this.#sight.show({ from: middle - half, to: middle + half });
  }

  fit() {
    this.#sight.show({ from: 0, to: this.#report.length });
  }

  /**
   * The given time before the right edge of what is shown.
   *
   * @param {number} span in milliseconds
   */
  showSpan(span) {
    const { time, length } = this.#report;
    const right = Math.min(length - 1, Math.max(1, Math.round(this.#sight.view.to - 1)));
    let from = right;
    while (from > 0 && time[from] > time[right] - span) from -= 1;
    // Near the beginning there is not that much before: then what comes after.
    let to = right;
    while (to < length - 1 && time[to] - time[from] < span) to += 1;
    this.#sight.show({ from, to: to + 1 });
  }

  /**
   * Scales the range shown by a factor and moves it by a share of itself.
   *
   * @param {number} factor
   * @param {number} share
   */
  move(factor, share) {
    const { from, to } = this.#sight.view;
    const middle = (from + to) / 2 + share * (to - from);
    const half = Math.max(3, ((to - from) / 2) * factor);
    this.#sight.show({ from: middle - half, to: middle + half });
  }

  /** @param {boolean} logarithmic */
  setLogarithmic(logarithmic) {
    const mode = logarithmic ? library.PriceScaleMode.Logarithmic : library.PriceScaleMode.Normal;
    for (const { name, pane } of this.#panes) {
      if (name === "price" || name === "equity") pane?.priceScale("right").applyOptions({ mode });
    }
  }

  /** After the colours of the page have changed. */
  recolour() {
    this.#colours = readColours();
    this.marks.colours = this.#colours;
    if (this.#volume !== null) this.#volume.colour = this.#colours.volume;
    this.#chart.applyOptions(this.#look());
    for (const [layer, drawn] of this.#drawn) {
      this.#paint(layer);
      drawn.forEach((series, i) => series.applyOptions(layer.parts[i].options(this.#colours)));
    }
    for (const pane of this.#panes) this.#fillReadout(pane);
  }

  /** The charts as they stand, on a canvas of its own, with their names. */
  picture() {
    const canvas = this.#chart.takeScreenshot(true);
    const context = canvas.getContext("2d");
    if (context === null) return canvas;
    const density = canvas.width / this.#area.clientWidth;
    context.scale(density, density);
    context.font = "11px system-ui, sans-serif";
    context.fillStyle = this.#colours.ink;
    for (const { pane, readout, values } of this.#panes) {
      if (pane === null) continue;
      const names = values.map(({ layer }) => (layer === this.layers[0] ? "" : layer.label)).filter(Boolean);
      context.fillText(names.join("   "), 10, readout.offsetTop + 12);
    }
    return canvas;
  }
}
