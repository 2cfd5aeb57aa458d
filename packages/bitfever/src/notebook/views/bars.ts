import type { Bars } from "@bitfever/engine";
import { candlePicture } from "../pictures/candles.js";
import { windowOf } from "../pictures/window.js";
import { defineView, has, svgPart } from "../view.js";

/** Bars as candles, with columns over them and below. */
export const bars = defineView({
  name: "bars",
  recognise: (value): value is Bars =>
    has(value, "close") &&
    value.close instanceof Float64Array &&
    has(value, "intervalMs") &&
    has(value, "time"),
  parts: (value, options) => [
    svgPart(
      candlePicture({
        bars: value,
        window: windowOf(value, options),
        ...(options.columns && { columns: options.columns }),
      }),
    ),
  ],
});
