import type { Exchange } from "../exchange/exchange.js";
import type { Market } from "../exchange/market.js";
import { WireError, type Route, type WireRequest } from "../wire/protocol.js";
import { barPayload, tradePayload } from "./alpaca-payloads.js";

type Fields = WireRequest["fields"];
type Rows = readonly { readonly time: number; readonly payload: unknown }[];

const minuteMs = 60_000;
const lengths: Readonly<Record<string, number>> = {
  ...{ Min: minuteMs, T: minuteMs, Hour: 60 * minuteMs, H: 60 * minuteMs },
  ...{ Day: 24 * 60 * minuteMs, D: 24 * 60 * minuteMs },
};

/** What the market data API offers of shares; a part of a path in braces is a field. */
export function alpacaDataRoutes(exchange: Exchange): Readonly<Record<string, Route>> {
  const route = (run: (fields: Fields) => unknown): Route => ({
    ...{ name: "market_data", isSigned: true },
    run: ({ fields }) => run(fields),
  });
  const asked = ({ symbols = "", symbol }: Fields): readonly string[] =>
    symbol === undefined ? symbols.split(",").filter((each) => each !== "") : [symbol];
  const marketsOf = (fields: Fields): readonly Market[] => {
    const names = asked(fields);
    if (names.length === 0) throw invalid("symbols is required");
    return exchange.markets.filter(({ id }) => names.includes(id));
  };
  /** Of several symbols by name; of one, which the path names, the list alone. */
  const paged = (fields: Fields, what: "bars" | "trades", rowsOf: (market: Market) => Rows): unknown => {
    const { found, next } = page(fields, marketsOf(fields), rowsOf);
    const { symbol } = fields;
    return {
      ...(symbol === undefined ? { [what]: found } : { symbol, [what]: found[symbol] ?? null }),
      next_page_token: next,
    };
  };
  const bars = (fields: Fields): unknown => {
    const intervalMs = lengthOf(fields["timeframe"]);
    const [from, to] = spanOf(fields);
    return paged(fields, "bars", ({ candles }) =>
      candles.between(intervalMs, from, to).map((each) => ({ time: each.time, payload: barPayload(each) })),
    );
  };
  const trades = (fields: Fields): unknown => {
    const [from, to] = spanOf(fields);
    return paged(fields, "trades", (market) =>
      market.trades
        .filter(({ time }) => time >= from && time <= to)
        .map((each) => ({ time: each.time, payload: tradePayload(each) })),
    );
  };
  return {
    "GET /v2/stocks/bars": route(bars),
    "GET /v2/stocks/{symbol}/bars": route(bars),
    "GET /v2/stocks/trades": route(trades),
    "GET /v2/stocks/{symbol}/trades": route(trades),
    "GET /v2/stocks/trades/latest": route((fields) => ({
      trades: Object.fromEntries(
        marketsOf(fields).flatMap(({ id, trades: all }) =>
          all.slice(-1).map((each) => [id, tradePayload(each)]),
        ),
      ),
    })),
  };
}

const invalid = (text: string): WireError => new WireError(400, 40_010_000, text);

function lengthOf(timeframe = ""): number {
  const [, count, unit = ""] = /^(\d+)([A-Za-z]+)$/.exec(timeframe) ?? [];
  const length = lengths[unit] as number | undefined;
  if (length === undefined) throw invalid(`invalid timeframe: ${timeframe}`);
  return Number(count) * length;
}

/** Both ends belong to it. */
function spanOf({ start, end }: Fields): readonly [from: number, to: number] {
  const from = start === undefined ? -Infinity : new Date(start).getTime();
  return [from, end === undefined ? Infinity : new Date(end).getTime()];
}

/** One symbol after the other, oldest first, or newest first where that is asked: the limit is that of all of them together. */
function page(
  { limit = "1000", page_token: token, sort = "asc" }: Fields,
  markets: readonly Market[],
  rowsOf: (market: Market) => Rows,
): { readonly found: Record<string, unknown[]>; readonly next: string | null } {
  const all = markets.flatMap((market) => {
    const rows = rowsOf(market);
    return (sort === "asc" ? rows : [...rows].reverse()).map(({ payload }) => ({ id: market.id, payload }));
  });
  const from = token === undefined ? 0 : Number(Buffer.from(token, "base64").toString("utf8"));
  const to = from + Math.min(Number(limit), 10_000);
  const found: Record<string, unknown[]> = {};
  for (const { id, payload } of all.slice(from, to)) (found[id] ??= []).push(payload);
  return { found, next: to < all.length ? Buffer.from(String(to)).toString("base64") : null };
}
