import { BitFeverError } from "@bitfever/lang";
import { isoTime, type ReportedTrade } from "@bitfever/engine";
import type { Backtest } from "./backtest.js";
import type { ToldFill } from "./told-fill.js";

/**
 * Why a trade came about, line by line: of its entry and of its exit the order, the part of the bar's path on which it
 * was met, the prices that were compared, and what slippage and commission took.
 *
 * @param run    of `backtest` with `explain: true`
 * @param number of the trade in the result, from 1 on
 * @throws BitFeverError BF5071 for a trade that there is not
 * @example
 * const run = await backtest(strategy, bars, { explain: true });
 * console.log(whyTrade(run, 1).join("\n"));
 */
export function whyTrade(run: Backtest, number: number): readonly string[] {
  const { trades } = run.result;
  const trade = trades[number - 1] as ReportedTrade | undefined;
  if (trade === undefined)
    throw new BitFeverError("BF5071", `there is no trade ${number}`, {
      hint: trades.length === 0 ? "this run has no trades" : `the run has trades 1 to ${trades.length}`,
    });
  const of = (effect: ToldFill["effect"]): ToldFill | undefined =>
    run.fills.find((fill) => fill.effect === effect && isOf(fill, trade));
  const entry = of("open");
  const exit = trade.exitTime === null ? undefined : of("close");
  return [
    headOf(trade, number),
    ...(entry === undefined ? [] : ["", `Entry "${entry.tag}"`, ...linesOf(entry, run, trade)]),
    ...(exit === undefined
      ? ["", "Still open at the end"]
      : ["", `Exit "${exit.tag}" (${trade.exitReason ?? ""})`, ...linesOf(exit, run, trade)]),
  ];
}

function isOf(fill: ToldFill, trade: ReportedTrade): boolean {
  const [time, price, tag] =
    fill.effect === "open"
      ? [trade.entryTime, trade.entryPrice * (trade.split ?? 1), trade.entryTag]
      : [trade.exitTime, trade.exitPrice, trade.exitTag];
  return (
    isoTime(fill.time) === time &&
    isSame(fill.price, price) &&
    fill.tag === tag &&
    (fill.symbol === undefined || fill.symbol === trade.symbol) &&
    (fill.side === "buy") === ((trade.side === "long") === (fill.effect === "open"))
  );
}

/** Prices that were divided by a split and multiplied again. */
const isSame = (a: number, b: number | null): boolean => b !== null && Math.abs(a - b) <= 1e-9 * Math.abs(a);

function headOf(trade: ReportedTrade, number: number): string {
  const { symbol, ticker, side, quantity, entryPrice, exitPrice, profit, split } = trade;
  const named = [symbol, ticker === undefined ? undefined : `(then ${ticker})`].filter(
    (each) => each !== undefined,
  );
  const what = [...named, side, short(quantity)].join(" ");
  const way = exitPrice === null ? "" : ` to ${short(exitPrice)}`;
  return `Trade ${number}: ${what} from ${short(entryPrice)}${way}, profit ${short(profit)}${split === undefined ? "" : `; told in the shares of its end, ${short(split)} for each that was entered`}`;
}

/** A number without the noise of its last digits. */
const short = (value: number): number => Number(value.toPrecision(10));

const names: Readonly<Record<NonNullable<ToldFill["why"]>["type"], string>> = {
  market: "a market order",
  market_on_close: "a market order at the close",
  limit: "a limit order",
  stop: "a stop order",
  stop_limit: "a stop order with a limit",
  trailing_stop: "a trailing stop",
  market_if_touched: "a market order if touched",
  limit_if_touched: "a limit order if touched",
};

/** Since when an order was there. */
function waitedFor({ reason, isAtEnd, isAtClose }: ToldFill, bars: number): string {
  if (isAtEnd) return "as there were no more bars";
  if (isAtClose) return "sent at that close";
  const before = bars === 1 ? "the bar before" : `${bars} bars before`;
  if (reason === "stop" || reason === "target" || reason === "liquidation")
    return bars === 0 ? "placed with its entry in this bar" : `placed ${before}`;
  return bars === 1 ? "sent at the close before" : `sent at the close ${before}`;
}

function linesOf(fill: ToldFill, { bars, result }: Backtest, { currency }: ReportedTrade): string[] {
  const { why, side, price, quantity, commission, ambiguous, rate } = fill;
  if (why === null) return [];
  const at = why.level === null ? "" : ` at ${short(why.level)}`;
  const waited = waitedFor(fill, why.waited);
  const isPrint = why.from === why.to;
  const way = isPrint
    ? `at its ${fill.isAtClose || why.type === "market_on_close" ? "close" : "open"}, ${short(why.from)}`
    : `on the way from ${short(why.from)} to ${short(why.to)} the price came to ${short(why.quoted)}`;
  const i = result.data.symbols === undefined ? bars.time.indexOf(fill.time) : -1;
  const prices =
    i < 0 ? "" : ` (open ${bars.open[i]}, high ${bars.high[i]}, low ${bars.low[i]}, close ${bars.close[i]})`;
  const slippage = Math.abs(price - why.quoted);
  return [
    `  ${names[why.type]} to ${side} ${short(quantity)}${at}, ${waited}`,
    `  in the bar of ${isoTime(fill.time)}${prices} ${way}`,
    `  filled at ${short(price)}${slippage === 0 ? "" : `, which is ${short(slippage)} of slippage from ${short(why.quoted)}`}${why.isMaker ? ", having rested" : ""}`,
    ...(rate === null ? [] : [`  converted from ${currency ?? "its currency"} at ${short(rate)}`]),
    ...(commission === 0 ? [] : [`  commission ${short(commission)}`]),
    ...(fill.reason === "reversal" ? ["  an entry on the other side turned the position round"] : []),
    ...(ambiguous ? ["  another path inside the bar might have met another order first"] : []),
  ];
}
