import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Instrument } from "../../src/instrument.js";
import type { MatchedBar } from "../../src/matching.js";
import type { Command } from "../../src/order.js";
import type { PathName } from "../../src/path.js";
import type { Trade } from "../../src/trade.js";
import { entryOrder, exitOrder, openAccount } from "./random-market.js";

// Signals that were fed to other engines are fed to ours: does the part from order to ledger do what they do?

const shared = new URL("../../../../../shared/oracles/", import.meta.url);
const isThere = existsSync(shared);
if (!isThere)
  console.info("skipped: fills against other engines, as ../shared/oracles is not beside the repository");

const text = (path: string): string => gunzipSync(readFileSync(new URL(path, shared))).toString();

/** Rows of a CSV file, by column; what is no number is NaN. */
function table(path: string): {
  length: number;
  column: (name: string) => number[];
  texts: (name: string) => string[];
} {
  const [header, ...rows] = text(path)
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd().split(","));
  const texts = (name: string): string[] => rows.map((row) => row[header.indexOf(name)]);
  const number = (cell: string): number => (cell === "" || cell === "nan" ? NaN : Number(cell));
  return { length: rows.length, texts, column: (name) => texts(name).map(number) };
}

function barsOf(path: string): MatchedBar[] {
  const csv = table(path);
  const times = csv.texts(csv.texts("time")[0] === undefined ? "time_ms" : "time");
  const [open, high, low, close] = ["open", "high", "low", "close"].map(csv.column);
  return times.map((time, i) => ({
    time: /^\d+$/.test(time) ? Number(time) : Date.parse(time),
    open: open[i],
    high: high[i],
    low: low[i],
    close: close[i],
  }));
}

const asGiven = new Instrument({ symbol: "X", tick: null, lot: null, multiplier: 1, moneyDecimals: null });

/** What a strategy asks for at the close of a bar, given the signed position. */
type Decide = (bar: number, position: number) => readonly Command[];

interface RunOptions {
  readonly bars: readonly MatchedBar[];
  readonly decide: Decide;
  readonly commission: number;
  readonly path: PathName;
  readonly instrument?: Instrument;
  readonly capital?: number;
}

function run({ bars, decide, commission, path, instrument = asGiven, capital = 100_000 }: RunOptions): {
  trades: Trade[];
  equity: number[];
} {
  const costs = { commission, slippage: { unit: "ratio" as const, value: 0 } };
  const { market, ledger } = openAccount(instrument, costs, path, capital);
  const equity = bars.map((bar, i) => {
    for (const event of market.bar(bar)) if (event.kind === "fill") ledger.apply(event.fill, i);
    for (const command of decide(i, ledger.position)) market.command(command);
    return ledger.equity(bar.close);
  });
  return { trades: ledger.trades(bars[bars.length - 1].close), equity };
}

/** An order is sent once: each needs an id of its own. */
let sent = 0;

const enter = (
  side: "long" | "short",
  quantity: number,
  stop: number | null = null,
  target: number | null = null,
): Command => ({
  kind: "submit",
  order: entryOrder({ id: `entry ${sent++}`, side, quantity, stop, target }),
});
const leave = (side: "long" | "short"): Command => ({
  kind: "submit",
  order: exitOrder(`exit ${sent++}`, side),
});

describe.skipIf(!isThere)("backtesting.py and backtrader, trade for trade", () => {
  type Signals = (name: string) => number[];
  const strategies: Readonly<Record<string, (signal: Signals, size: number) => Decide>> = {
    sma_cross: (signal, size) => {
      const [up, dn] = [signal("up"), signal("dn")];
      return (i, position) => {
        if (position === 0) return up[i] === 1 ? [enter("long", size)] : [];
        return dn[i] === 1 ? [leave("long")] : [];
      };
    },
    macd: (signal, size) => {
      const [up, dn] = [signal("up"), signal("dn")];
      return (i, position) => {
        if (position === 0) return up[i] === 1 ? [enter("long", size)] : [];
        return dn[i] === 1 ? [leave("long")] : [];
      };
    },
    // One order turns the position round.
    ema_cross_reverse: (signal, size) => {
      const [up, dn] = [signal("up"), signal("dn")];
      return (i, position) => {
        if (up[i] === 1 && position <= 0) return [enter("long", size)];
        return dn[i] === 1 && position >= 0 ? [enter("short", size)] : [];
      };
    },
    rsi_reversal: (signal, size) => {
      const [up, dn, lx, sx] = ["up", "dn", "lx", "sx"].map(signal);
      return (i, position) => {
        if (position > 0) return lx[i] === 1 ? [leave("long")] : [];
        if (position < 0) return sx[i] === 1 ? [leave("short")] : [];
        if (up[i] === 1) return [enter("long", size)];
        return dn[i] === 1 ? [enter("short", size)] : [];
      };
    },
    bb_breakout_sl_tp: (signal, size) => {
      const [up, sl, tp] = ["up", "sl", "tp"].map(signal);
      return (i, position) => (position === 0 && up[i] === 1 ? [enter("long", size, sl[i], tp[i])] : []);
    },
  };
  const engines: Readonly<Record<string, readonly string[]>> = {
    "backtesting_py.nofinal": Object.keys(strategies),
    // It does not test stop and target on the bar of the entry.
    backtrader: Object.keys(strategies).filter((name) => name !== "bb_breakout_sl_tp"),
  };
  const cases = ["GOOG", "EURUSD"].flatMap((dataset) =>
    Object.entries(engines).flatMap(([engine, names]) =>
      names.map((strategy) => ({ dataset, engine, strategy })),
    ),
  );

  test.each(cases)("$strategy on $dataset by $engine", ({ dataset, engine, strategy }) => {
    const oracle = JSON.parse(text(`trades/${dataset}.${strategy}.${engine}.json.gz`)) as {
      readonly cash: number;
      readonly commission_rate: number;
      readonly size: number;
      readonly first_bar: number;
      readonly trades: readonly {
        readonly entry_bar: number;
        readonly exit_bar: number;
        readonly size: number;
        readonly entry_price: number;
        readonly exit_price: number;
        readonly pnl_net: number;
        readonly commission: number;
      }[];
      readonly equity: readonly number[];
    };
    const bars = barsOf(`bars/${dataset}.csv.gz`);
    const signals = table(`trades/${dataset}.${strategy}.signals.csv.gz`);
    const decide = strategies[strategy](signals.column, oracle.size);
    const { trades, equity } = run({
      bars,
      // Both engines take their first decision on the second bar that has all indicators.
      decide: (i, position) => (i > oracle.first_bar - 1 ? decide(i, position) : []),
      commission: oracle.commission_rate,
      // The stop goes before the target there.
      path: "worst",
    });
    const closed = trades.filter(({ exitBar }) => exitBar !== null);
    expect(closed.map(({ entryBar, exitBar }) => [entryBar, exitBar])).toEqual(
      oracle.trades.map(({ entry_bar, exit_bar }) => [entry_bar, exit_bar]),
    );
    expect(closed.length).toBeGreaterThan(20);
    closed.forEach((ours, i) => {
      const theirs = oracle.trades[i];
      const near = (a: number, b: number, what: string): void =>
        expect(Math.abs(a - b), `${what} of trade ${i}: ${a}, ${b}`).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(b)),
        );
      expect((ours.side === "long" ? 1 : -1) * ours.quantity).toBe(theirs.size);
      near(ours.entryPrice, theirs.entry_price, "entry price");
      near(ours.exitPrice!, theirs.exit_price, "exit price");
      near(ours.profit, theirs.pnl_net, "profit");
      near(ours.commission, theirs.commission, "commission");
    });
    const gaps = equity.map((value, i) => Math.abs(value - oracle.equity[i]));
    expect(Math.max(...gaps), "equity on every bar").toBeLessThan(1e-6);
  });
});

describe.skipIf(!isThere)("TradingView, trade for trade", () => {
  // Its rules (that repository's probe): flat and the close crosses above its average of 20, buy one, with stop and
  // target half a dollar from the close. Most trades end in the bar they began, so the path decides nearly all.
  const name = "udt-method-extra-primitive-args-01";

  function tradesOf(path: PathName, instrument: Instrument): Trade[] {
    const bars = barsOf("tradingview/ETHUSDT-perp-15m.csv.gz");
    const average = bars.map((_, i) =>
      i < 19 ? NaN : bars.slice(i - 19, i + 1).reduce((sum, { close }) => sum + close, 0) / 20,
    );
    const decide: Decide = (i, position) => {
      const isCross = i > 0 && bars[i].close > average[i] && bars[i - 1].close <= average[i - 1];
      if (position !== 0 || !isCross) return [];
      const stop = instrument.price(bars[i].close - 0.5, "down");
      const target = instrument.price(bars[i].close + 0.5, "up");
      return [enter("long", instrument.quantity(1), stop, target)];
    };
    return run({ bars, decide, commission: 0, path, instrument, capital: 1_000_000 }).trades;
  }

  interface Listed {
    readonly entryTime: number;
    readonly exitTime: number;
    readonly entryPrice: number;
    readonly exitPrice: number;
  }

  function listed(): Map<number, Listed> {
    const csv = table(`tradingview/${name}.csv.gz`);
    const [types, times, prices] = [csv.texts("type"), csv.texts("time"), csv.column("price")];
    const list = new Map<number, Listed>();
    for (let i = 0; i + 1 < csv.length; i += 2) {
      expect([types[i], types[i + 1]]).toEqual(["Exit long", "Entry long"]);
      const [exitTime, entryTime] = [Date.parse(times[i]), Date.parse(times[i + 1])];
      list.set(entryTime, { entryTime, exitTime, entryPrice: prices[i + 1], exitPrice: prices[i] });
    }
    return list;
  }

  const tick = new Instrument({ symbol: "ETHUSDT", tick: 0.01, lot: 1, multiplier: 1, moneyDecimals: 2 });

  test.each([
    ["with a tick", tick],
    ["as given", asGiven],
  ])("nearest is what it does, %s", (_, instrument) => {
    const theirs = listed();
    const first = Math.min(...theirs.keys());
    const last = Math.max(...theirs.keys());
    const ours = tradesOf("nearest", instrument).filter(
      ({ entryTime }) => entryTime >= first && entryTime <= last,
    );
    const inShort = (
      entryTime: number,
      entryPrice: number,
      exitTime: number | null,
      exitPrice: number | null,
    ): string =>
      `${new Date(entryTime).toISOString()} ${entryPrice.toFixed(2)}, ${exitTime} ${exitPrice?.toFixed(2)}`;
    expect(
      ours.map((each) => inShort(each.entryTime, each.entryPrice, each.exitTime, each.exitPrice)),
    ).toEqual(
      [...theirs.values()].map((each) =>
        inShort(each.entryTime, each.entryPrice, each.exitTime, each.exitPrice),
      ),
    );
    expect(ours.length).toBe(2_504);
  });

  test("no other path is", () => {
    const theirs = listed();
    for (const path of ["ohlc", "olhc", "worst", "best"] as const) {
      const ours = tradesOf(path, tick);
      const wrong = ours.filter(({ entryTime, exitPrice }) => {
        const same = theirs.get(entryTime);
        return same !== undefined && same.exitPrice !== exitPrice;
      });
      expect(wrong.length, path).toBeGreaterThan(300);
    }
  });
});
