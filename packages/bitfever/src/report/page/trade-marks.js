/**
 * @import { ISeriesPrimitive, SeriesAttachedParameter, Time, PrimitiveHoveredItem, IPrimitivePaneRenderer } from "lightweight-charts"
 * @import { Report, Trade } from "./read-data.js"
 * @import { Sight } from "./sight.js"
 * @import { Colours } from "./theme.js"
 */
import { formatNumber } from "../format.ts";
import { fade } from "./theme.js";

/** @typedef {Parameters<IPrimitivePaneRenderer["draw"]>[0]} Target */

// How closely trades may stand, in pixels for each trade in view, before less of each is drawn.
const roomForTags = 110;
const roomForArrows = 9;

/** The closest a pointer must come to a mark, in pixels. */
const reach = 9;

/**
 * Entries, exits and the way between them, over the candles. An entry is an arrow outside its candle, in the colour of
 * its side; an exit is a ring at its price, and the line to it, in the colour of what it earned. Where trades stand too
 * closely for that, each is a stroke at the foot of the pane, and zooming in brings the arrows back.
 *
 * @implements {ISeriesPrimitive<Time>}
 */
export class TradeMarks {
  visible = true;
  /** @type {Trade | null} */
  chosen = null;
  /** @type {{ x: number, y: number, place: number }[]} */
  #places = [];
  /** @type {SeriesAttachedParameter<Time> | null} */
  #parts = null;
  #views;
  /** @type {(place: number) => number} */
  #scale = () => -100;

  /**
   * @param {Report} report
   * @param {Colours} colours
   * @param {Sight} sight
   */
  constructor(report, colours, sight) {
    this.report = report;
    this.colours = colours;
    this.sight = sight;
    this.#views = [
      { zOrder: () => /** @type {const} */ ("top"), renderer: () => ({ draw: this.#draw }) },
      { zOrder: () => /** @type {const} */ ("bottom"), renderer: () => ({ draw: this.#drawChosen }) },
    ];
  }

  /** @param {SeriesAttachedParameter<Time>} parts */
  attached(parts) {
    this.#parts = parts;
  }

  paneViews() {
    return this.#views;
  }

  update() {
    this.#parts?.requestUpdate();
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {PrimitiveHoveredItem | null}
   */
  hitTest(x, y) {
    let best = null;
    let nearest = reach;
    for (const place of this.#places) {
      const distance = Math.hypot(place.x - x, place.y - y);
      if (distance <= nearest) {
        nearest = distance;
        best = place.place;
      }
    }
    return best === null
      ? null
      : {
          externalId: `trade-${best}`,
          zOrder: "top",
          cursorStyle: "pointer",
          distance: nearest,
          hitTestPriority: 2,
        };
  }

  /** @param {Trade} trade */
  #lastCandle(trade) {
    return trade.exitCandle ?? this.report.length - 1;
  }

  /** @param {Trade} trade */
  #lastPrice(trade) {
    return trade.exitPrice ?? this.report.close[this.report.length - 1];
  }

  #inView() {
    const { from, to } = this.sight.view;
    return this.report.trades.filter(
      (trade) => this.#lastCandle(trade) + 1 >= from && trade.entryCandle <= to,
    );
  }

  #draw = (/** @type {Target} */ target) => {
    this.#places = [];
    // The prices of a universe's members are not those of the chart.
    if (!this.visible || this.report.trades[0]?.symbol !== "") return;
    this.#scale = this.sight.scale();
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      const trades = this.#inView();
      const room = mediaSize.width / trades.length;
      if (room >= roomForArrows) {
        for (const trade of trades) this.#drawWay(context, trade);
        for (const trade of trades) this.#drawExit(context, trade, room);
        for (const trade of trades) this.#drawEntry(context, trade, room);
        if (room >= roomForTags) this.#writeTags(context, trades);
      } else {
        this.#drawStrokes(context, trades, mediaSize);
        const words = `${formatNumber(trades.length, 0)} trades: zoom in for entries and exits`;
        this.#write(context, words, mediaSize.width / 2, mediaSize.height - 11);
        if (this.chosen !== null) {
          this.#drawWay(context, this.chosen);
          this.#drawExit(context, this.chosen, 0);
          this.#drawEntry(context, this.chosen, 0);
        }
      }
    });
  };

  /** The bars of the chosen trade, behind everything. */
  #drawChosen = (/** @type {Target} */ target) => {
    const trade = this.chosen;
    if (trade === null) return;
    this.#scale = this.sight.scale();
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      const from = this.#x(trade.entryCandle);
      const to = this.#x(this.#lastCandle(trade));
      context.fillStyle = fade(this.colours.accent, 0.12);
      context.fillRect(from - 4, 0, to - from + 8, mediaSize.height);
    });
  };

  /** The middle of a candle. @param {number} candle */
  #x(candle) {
    return this.#scale(candle + 0.5);
  }

  /** @param {number} price */
  #y(price) {
    return this.#parts?.series.priceToCoordinate(price) ?? -100;
  }

  /** @param {Trade} trade */
  #earned(trade) {
    return trade.profit >= 0 ? this.colours.gain : this.colours.loss;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Trade} trade
   */
  #drawWay(context, trade) {
    const chosen = trade === this.chosen;
    context.strokeStyle = fade(this.#earned(trade), chosen ? 1 : 0.75);
    context.lineWidth = chosen ? 2 : 1.25;
    context.setLineDash(chosen ? [] : [4, 3]);
    context.beginPath();
    context.moveTo(this.#x(trade.entryCandle), this.#y(trade.entryPrice));
    context.lineTo(this.#x(this.#lastCandle(trade)), this.#y(this.#lastPrice(trade)));
    context.stroke();
    context.setLineDash([]);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Trade} trade
   * @param {number} room
   */
  #drawEntry(context, trade, room) {
    const { low, high } = this.report;
    const up = trade.side === "long";
    const size = room >= 24 ? 6 : 4.5;
    const x = this.#x(trade.entryCandle);
    const tip = up ? this.#y(low[trade.entryCandle]) + 5 : this.#y(high[trade.entryCandle]) - 5;
    const base = tip + (up ? 1.6 : -1.6) * size;
    context.beginPath();
    context.moveTo(x, tip);
    context.lineTo(x - size, base);
    context.lineTo(x + size, base);
    context.closePath();
    this.#outlined(context, up ? this.colours.long : this.colours.short);
    this.#places.push({ x, y: (tip + base) / 2, place: trade.place });
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Trade} trade
   * @param {number} room
   */
  #drawExit(context, trade, room) {
    if (trade.exitCandle === null || trade.exitPrice === null) return;
    const x = this.#x(trade.exitCandle);
    const y = this.#y(trade.exitPrice);
    const radius = room >= 24 ? 4 : 3;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = this.colours.surface;
    context.fill();
    context.strokeStyle = this.#earned(trade);
    context.lineWidth = 2;
    context.stroke();
    this.#places.push({ x, y, place: trade.place });
  }

  /**
   * One pixel beside the other, each in the colour of what all the trades in it earned.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {readonly Trade[]} trades
   * @param {{ width: number, height: number }} size
   */
  #drawStrokes(context, trades, { width, height }) {
    const earned = new Float64Array(Math.ceil(width)).fill(NaN);
    for (const trade of trades) {
      const x = this.#x(trade.entryCandle);
      const from = Math.max(0, Math.round(x));
      const to = Math.max(from + 1, Math.min(earned.length, Math.round(this.#x(this.#lastCandle(trade)))));
      if (from >= earned.length) continue;
      if (Number.isNaN(earned[from])) this.#places.push({ x: from, y: height - 3, place: trade.place });
      for (let i = from; i < to; i++) earned[i] = (earned[i] || 0) + trade.profit;
    }
    for (let i = 0, end = 1; i < earned.length; i = end, end = i + 1) {
      if (Number.isNaN(earned[i])) continue;
      while (end < earned.length && earned[end] >= 0 === earned[i] >= 0 && !Number.isNaN(earned[end]))
        end += 1;
      context.fillStyle = fade(earned[i] >= 0 ? this.colours.gain : this.colours.loss, 0.65);
      context.fillRect(i, height - 5, end - i, 5);
    }
  }

  /**
   * Filled, with an edge in the colour of the page that keeps it apart from candles and lines.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {string} colour
   */
  #outlined(context, colour) {
    context.lineJoin = "round";
    context.lineWidth = 2;
    context.strokeStyle = this.colours.surface;
    context.stroke();
    context.fillStyle = colour;
    context.fill();
  }

  /**
   * What entries and exits are called, entries first; one that would lie over another is left out.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {readonly Trade[]} trades
   */
  #writeTags(context, trades) {
    const { low, high } = this.report;
    /** @type {{ left: number, right: number, y: number }[]} */
    const taken = [];
    const write = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
      const shown = text.length > 18 ? `${text.slice(0, 17)}…` : text;
      const half = shown.length * 3.2 + 3;
      const place = { left: x - half, right: x + half, y };
      if (
        taken.some(
          ({ left, right, y: at }) => left < place.right && place.left < right && Math.abs(at - y) < 14,
        )
      ) {
        return;
      }
      taken.push(place);
      this.#write(context, shown, x, y);
    };
    for (const { side, entryCandle, entryTag } of trades) {
      const y = side === "long" ? this.#y(low[entryCandle]) + 28 : this.#y(high[entryCandle]) - 22;
      if (entryTag !== "") write(entryTag, this.#x(entryCandle), y);
    }
    for (const { exitCandle, exitPrice, exitName } of trades) {
      if (exitCandle === null || exitPrice === null) continue;
      write(exitName, this.#x(exitCandle), this.#y(exitPrice) - 10);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   * @param {number} x
   * @param {number} y
   */
  #write(context, text, x, y) {
    context.font = "11px system-ui, sans-serif";
    context.textAlign = "center";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = this.colours.surface;
    context.strokeText(text, x, y);
    context.fillStyle = this.colours.muted;
    context.fillText(text, x, y);
  }
}
