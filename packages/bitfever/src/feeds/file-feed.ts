import { resolve } from "node:path";
import { ClosedCandles } from "@bitfever/runtime";
import { z } from "zod";
import { BarLines } from "../trading/bar-lines.js";
import { followed, linesOf } from "../cli/lines-of.js";
import type { FeedKind } from "./feed-kind.js";

const schema = z.strictObject({
  path: z.string({ error: "the path of a file of bars that grows, CSV or JSON lines" }).min(1),
  zone: z.string({ error: "the IANA zone of times that name none" }).optional(),
});

/** Bars of a file that grows: CSV behind a line of names, or JSON a line, of one symbol or of several. */
export const fileFeed: FeedKind<z.infer<typeof schema>> = {
  name: "file",
  summary: "Bars of a file that grows, line by line: CSV behind a line of names, or JSON a line.",
  schema,
  open: ({ path, zone }, { folder, clock, signal }) => {
    const file = resolve(folder, path);
    return Promise.resolve({
      async *candles({ symbol, timing, after }) {
        const reader = new BarLines({ name: file, symbol, zone });
        const candles = new ClosedCandles({ timing, patienceMs: 0, saysClosed: true, after });
        for await (const lines of linesOf(followed(file, clock, signal)))
          for (const line of lines) {
            const found = await reader.read(line);
            if (found?.symbol !== symbol) continue;
            yield* candles.on({ ...found.candle, isClosed: found.isClosed !== false }, clock.now());
          }
      },
      close: () => Promise.resolve(),
    });
  },
};
