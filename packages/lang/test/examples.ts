/** Whole strategies, for tests that take programs apart. */
export const examples: readonly string[] = [
  `edition 2026

strategy "Channel breakout" on 15m {
  param slow: bars = 55 in 20..120 step 5
  param fast: bars = 20 in 5..60 step 5
  param stake: ratio = 0.5% in 0.1%..2% log
  param both: bool = true in { true, false }
  require fast < slow

  costs { commission 0.05% slippage 1 tick }

  let upper = sma(high, slow)[1]
  let lower = sma(low, fast)[1]
  let range = atr(20)

  enter long "breakout" when close crosses above upper {
    size risk(stake) capped 20% of equity
    stop at close - 2 * range
    target at close + 6 * range
  }
  enter short "breakdown" when both and close crosses below lower {
    size 10% of equity
    stop at close + 2 * range
  }
  exit long "below" when low < lower or position_bars > 40
  exit short when high > upper
}
`,
  `// Buys weakness, sells strength.
strategy "Reversal" {
  param length: int = 14 in 5..30
  param low_level: number = 30 in { 20, 25, 30 }
  let strength = rsi(close, length)
  let band = bbands(hlc3, 20 bars, down: 2.5).lower
  let quiet = not (bbands(close, 20).upper - bbands(close, 20).lower > 5% * close)
  enter long when strength < low_level and quiet and barssince(close crosses above open) <= 3 {
    size if volume > 1_000 then 2 else 1
    unprotected
  }
  exit when strength > 70 or -close[1] > -open
}
`,
  `strategy "Cross" on 1d { enter long when ema(close, 10) > ema(close, 30) { stop at low * 0.95 } exit when ema(close, 10) < ema(close, 30) }`,
  `edition 2026
import "std/levels" as levels

enum Average { simple, exponential }
type Band = { upper: price, lower: price }

fn Band.width(self) = self.upper - self.lower
fn average(source, kind: Average, length: bars) = match kind {
  simple: sma(source, length),
  exponential: ema(source, length),
}
fn band(length: bars = 20) -> Band {
  let middle = sma(close, length)
  state widest: price = atr(length) reset session {
    when atr(length) > widest { set widest = atr(length) }
  }
  return Band(upper: middle + widest, lower: middle - widest)
}

strategy "Sessions" on 15m calendar NYSE {
  param kind: Average = Average.simple in { Average.simple, Average.exponential }
  param slow: bars = 40 in 20..80 step 20
  param wait: duration = 30m

  fills { path worst limit through 1 tick }

  let base = average(close, kind, slow)
  let channel = band()
  let range = levels.opening_range(wait)
  let (quick, late) = (ema(close, 5), time_of_day >= 15:00)
  let smooth: price = (smooth[1] or else close) * 0.9 + close * 0.1
  let weighted = sum(for k in 0..4: close[k] * (5 - k)) / 15
  let rising = count(for v in close[0..9]: v > open)
  let peak = max(high[1..5])

  on 1d {
    let trend = ema(close, 50)
    let up = close > trend
  }

  state hits: int = 0 reset session {
    when close crosses above base { set hits = hits + 1 } else {
      when late { set hits = 0 }
    }
  }
  state last: price? = none reset when hits == 3 { when close > peak { set last = close } }

  enter long "dip" at limit close - channel.width() when latest(up) and hits < 5 and quick > smooth {
    size risk(1%) capped 20% of equity
    stop at low - 2 * atr(14) limit low - 3 * atr(14)
    target at close + atr(14) take 50%
    target at close + 2 * atr(14)
    trail by 3 * atr(20) after 1 R
    good for 3 bars
    pyramid 3
    oco "pair"
  }
  enter short "break" at stop lowest(low, 20)[1] when close < range.low and rising < 4 {
    size worth 5_000
    trail by 2% * close within bar
    good for day
    oco "pair"
  }
  exit long "half" at limit close * 1.1 when position_bars > 20 bars or ready(last) { take 50% good ioc }
  flatten when is_session_last
  cancel "dip" when close < weighted

  limit drawdown 20% { halt }
  limit losses 4
  alert "dip below {base}" when close < base
  plot base "Base" color blue width 2
  plot rsi(close, 14) style line pane "RSI"

  test "enters" with { slow: 3 } {
    bars {
      open high low close
      10 11 9 10
      10 12 10 11
    }
    expect orders { bar 2: buy 10 at open tag "dip" }
    expect base > 0 on bar 2
  }
  property "the band has two sides" { bars 1..50 assert channel.lower <= channel.upper }
  law scale
}
`,
  `strategy "Members" on 1d {
  universe "A", "B", "C"
  market "SPY" as spy
  allow forming
  param n: int = 2 in 1..5
  on spy 1w { let slow = sma(close, 10) }
  on 1w { let week = high }
  let calm = latest(spy.close) > latest(slow)
  let breadth = mean(for each where volume > 0: if close > open then 1 else 0)
  let score = close / forming(week) + rank(volume) / 100

  rebalance "monthly" every 1mo when calm and breadth > 0.5 {
    hold top n by score where close > 5
    short bottom 1 by bbands(close, 20, ma: ema).middle
    weight by 1 / close capped 30%
    band 1%
  }
  exit long when close < low[1] and not top(score, n + 2)
}
`,
];
