/** Nearly every production of the grammar. */
export const everything = `edition 2026
import "std/levels" as levels

enum Average { sma, ema }
type Band = { upper: price, lower: price }
fn Band.width(self) = self.upper - self.lower
fn average(source, kind: Average, n: bars) = match kind { sma: sma(source, n), ema: ema(source, n) }
fn band(n: bars) -> Band { return Band(upper: highest(high, n), lower: lowest(low, n)) }

strategy "Everything" on 15m calendar NYSE {
  param slow: bars = 55 in 20..120 step 5
  param kind: Average = Average.ema in { Average.sma, Average.ema }
  param wait: duration = 30m
  costs { commission 0.05% slippage 1 tick }
  fills { path worst limit through 1 tick }
  let base = average(close, kind, slow)
  let vol = average(volume, kind, 10)
  let b = band(20)
  let w = b.width()
  let bands = bbands(close, 20)
  let (x, y) = (close + 1, volume * 2)
  let r = levels.opening_range(wait)
  let mid = r.middle()
  on 1d { let trend = ema(close, 50)  let up = close > trend  let both = { a: trend, b: close } }
  let smooth: price = (smooth[1] or else close) * 0.9 + close * 0.1
  state hits: int = 0 reset session { when close > open { set hits = hits + 1 } }
  state last: price? = none reset never { when hits == 3 { set last = close } else { when hits > 5 { set last = none } } }
  let wsum = sum(for k in 0..4: close[k] * (5 - k))
  let wmax = max(close[1..5])
  let n_up = count(for v in close[0..9]: v > open)
  let z = zscore(close, 20)
  let f = fold(for k in 0..3 with total = 0: total * 0.5 + close[k])
  let hl = latest(both).a
  let late = time - datetime("2024-03-05T14:30Z") > 30d
  enter long "dip" at limit close - atr(14) when latest(up) and close > base and not late and hits < 5 {
    size risk(1%) capped 20% of equity
    stop at low - 2 * atr(14) limit low - 3 * atr(14)
    target at close + w take 50%
    target at close + 2 * w
    trail by 3 * atr(20) after 1 R
    good for 3 bars
    pyramid 3
    oco "g"
  }
  enter short at stop lowest(low, 20)[1] when close < base { size worth 5_000 trail by 2% * close within bar good for day }
  exit long "x" at limit close * 1.1 when position_bars > 20 bars { take 50% good ioc }
  flatten when is_session_last
  cancel "dip" when close < base
  limit drawdown 20% { halt }
  limit day_loss 3%
  alert "breakout at {close} over {base + 1}" when close > base
  plot base "Base" color blue width 2
  plot rsi(close, 14) style line pane "RSI"
  test "t" with { slow: 3 } { bars { open high low close 1 2 1 2 2 3 2 3 } expect orders { bar 2: buy 10 at open tag "dip" } expect base > 0 on bar 2 expect base > 0 on bar 2 of "AAPL" }
  property "p" { bars 1..50 assert b.lower <= b.upper }
  law scale
  golden "g"
}
`;

/** The other ways through the productions. */
export const otherwise = `import "std/levels" as levels
pub type Pair = { first: levels.Range, second: price?, }
pub fn Pair.sum(self, by: number = 2, kind: levels.Kind = levels.Kind.a) -> price? { let twice = self.first.high * by state last: price = open reset when close > open { set last = close } return twice + last }
fn nothing() = none
let top = 5
test "outside" { expect top == 5 }
property "outside" with { top: 3, } { assert top > 2 assert top < 9 }
strategy "Otherwise" {
  param both: bool = true in { true, false }
  param stake: ratio = .5% in 0.1%..2% log
  require stake < 1% and both
  fills { on close }
  costs {}
  let pair = { }
  let choice = match both { true_case: -1, else: not true, }
  let at = 09:30
  let wide = sum(for k in 0..4 where k > 2: close[k + 1]) - -2 bps - 1 tick
  let high_at = (close, open,  high)
  state count: int = 0 reset week { }
  state bars_up: int = 0 reset month { when close > open { set bars_up = bars_up + 1 set count = 1 } }
  enter long at market when close crosses below open or else false { size 20% of equity stop at low good till cancelled unprotected }
  enter short "s" at stop low limit low - 1 when both { trail by 2 ticks on close good for day + 1 }
  enter long at open when (both) { good ioc } enter long at close when both
  exit short at market when both { good fok }
  exit when -close[1] > 0
  flatten "all" when both
  plot close pane "p" width 2 color red
  test "with" { bars 15m { close volume 1.25 none 1_000 2 } bars "AAPL" 1d { close 1 } bars { close } expect orders { bar 1: sell at 10.5 bar 2: buy 3 at close bar 3: buy "AAPL" at open bar 4: sell 2 "AAPL" at open tag "x" } expect orders > 2 }
}
`;

/** A universe, other markets, bars that have not closed, and words for arguments. */
export const members = `strategy "Members" on 1d calendar NYSE {
  universe "AAPL", "AMZN", "AVGO", "BRK.B", "COST", "GOOGL", "JPM", "LLY", "MA", "META", "MSFT", "NVDA", "TSLA", "UNH", "V" // large ones
  market "SPY" as spy market "DAX" as dax calendar XETRA
  allow forming
  on spy { let trend = sma(close, 200) state up = 0 reset never { when close > open { set up = up + 1 } } }
  on spy 1w { let slow = ema(close, 10) }
  on 1w { let week = high }
  let seen = forming(week)
  let bands = bbands(close, 20, ma: ema)
  let each = sum(for each in 0..3: close[each])
  let strength = rank(close) + latest(spy.close) / latest(dax.close)
  let breadth = mean(for each: if close > open then 1 else 0)
  let some = count(for each where close > latest(trend) and volume > 1_000: close > open) > 3 or top(close, 3) or bottom(close, 3)
  rebalance "monthly" every 1mo when breadth > 50% { hold top 10 by strength where close > 5 // not pennies
    short bottom 3 by strength weight by 1 / strength capped 10% band 1% }
  rebalance { hold each where some weight at 5% }
  rebalance every 1w { hold each weight risk_parity ( 60 )   shrunk capped 10% redistributed exposure 80% }
  rebalance when any(for each: close > open) { hold each weight equal capped 5% }
}
`;
