import { isBars } from "../../frames/tabular.js";
import { candlePicture } from "../pictures/candles.js";
import { windowOf } from "../pictures/window.js";
import { defineView, svgPart } from "../view.js";

/** Bars as candles, with columns over them and below. */
export const bars = defineView({
  name: "bars",
  recognise: isBars,
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
