import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BitFeverError } from "../src/error.js";
import { commandForms, readCommand } from "../src/commands/read-command.js";
import type { TradeCommand, TradingCommand } from "../src/commands/trading-command.js";

/* What people type at an account: good, odd and hostile, each with the order or the error that it must give. */

type Trade = Partial<Omit<TradeCommand, "kind" | "side" | "symbol">>;

const trade = (side: "buy" | "sell", symbol: string, given: Trade): TradeCommand => ({
  ...{ kind: "trade", side, symbol, entry: { type: "market" } },
  ...{ stop: null, target: null, trail: null, duration: "gtc", isPostOnly: false, isReduceOnly: false },
  ...{ venue: null, strategy: null, amount: { kind: "units", value: NaN } },
  ...given,
});
const units = (value: number): Pick<TradeCommand, "amount"> => ({ amount: { kind: "units", value } });
const money = (value: number): Pick<TradeCommand, "amount"> => ({ amount: { kind: "money", value } });
const equity = (value: number): Pick<TradeCommand, "amount"> => ({ amount: { kind: "equity", value } });
const atRisk = (of: "money" | "equity", value: number): Pick<TradeCommand, "amount"> => ({
  amount: { kind: "risk", of, value },
});
const limit = (price: number): Pick<TradeCommand, "entry"> => ({ entry: { type: "limit", price } });
const price = (value: number) => ({ kind: "price", value }) as const;
const share = (value: number) => ({ kind: "share", value }) as const;
const anywhere = { venue: null, strategy: null } as const;
const whole = { kind: "share", value: 1 } as const;

const good: readonly (readonly [string, TradingCommand])[] = [
  // The two of the handbook.
  ["buy btc 80 -tsl 2.8 -e bybit", trade("buy", "btc", { ...money(80), trail: 0.028, venue: "bybit" })],
  [
    "buy 0.5 eth @ 2400 -sl 3% -tp 2:1",
    trade("buy", "eth", {
      ...units(0.5),
      ...limit(2400),
      stop: share(0.03),
      target: { kind: "reward", value: 2 },
    }),
  ],
  // How much: units before the name, money behind it, a share of equity in both places.
  ["buy 1 btc", trade("buy", "btc", units(1))],
  ["buy .5 btc", trade("buy", "btc", units(0.5))],
  ["buy 0.001 btc", trade("buy", "btc", units(0.001))],
  ["buy 10k doge", trade("buy", "doge", units(10_000))],
  ["buy 1.5m shib", trade("buy", "shib", units(1_500_000))],
  ["buy 1_000 aapl", trade("buy", "aapl", units(1_000))],
  ["buy btc 1k", trade("buy", "btc", money(1_000))],
  ["buy btc 2.5K", trade("buy", "btc", money(2_500))],
  ["buy btc $80", trade("buy", "btc", money(80))],
  ["buy $80 btc", trade("buy", "btc", money(80))],
  ["buy $1.5k btc", trade("buy", "btc", money(1_500))],
  ["buy btc 5%", trade("buy", "btc", equity(0.05))],
  ["buy 5% btc", trade("buy", "btc", equity(0.05))],
  ["buy btc risk 1% -sl 3%", trade("buy", "btc", { ...atRisk("equity", 0.01), stop: share(0.03) })],
  ["sell btc RISK 50 -sl 65000", trade("sell", "btc", { ...atRisk("money", 50), stop: price(65_000) })],
  [
    "buy btc risk $1.5k @ 60000 -tsl 2",
    trade("buy", "btc", { ...atRisk("money", 1_500), ...limit(60_000), trail: 0.02 }),
  ],
  ["buy risk 80", trade("buy", "risk", money(80))],
  ["buy btc 150%", trade("buy", "btc", equity(1.5))],
  ["buy btc 0.1%", trade("buy", "btc", equity(0.001))],
  ["sell 2 es", trade("sell", "es", units(2))],
  ["sell btc 80", trade("sell", "btc", money(80))],
  ["long btc 80", trade("buy", "btc", money(80))],
  ["short btc 80", trade("sell", "btc", money(80))],
  // Symbols as venues write them.
  ["buy BTC/USDT 80", trade("buy", "BTC/USDT", money(80))],
  ["buy BTC/USDT:USDT 80", trade("buy", "BTC/USDT:USDT", money(80))],
  ["buy btc-perp 80", trade("buy", "btc-perp", money(80))],
  ["buy BRK.B 80", trade("buy", "BRK.B", money(80))],
  ["buy 1INCH/USDT 80", trade("buy", "1INCH/USDT", money(80))],
  ["buy 3 1INCH/USDT", trade("buy", "1INCH/USDT", units(3))],
  ["buy ES=F 80", trade("buy", "ES=F", money(80))],
  ["buy ^GSPC 80", trade("buy", "^GSPC", money(80))],
  ["buy orders 80", trade("buy", "orders", money(80))],
  ["buy all 80", trade("buy", "all", money(80))],
  ["buy buy 80", trade("buy", "buy", money(80))],
  // How it waits.
  ["buy btc 80 @ 64000", trade("buy", "btc", { ...money(80), ...limit(64_000) })],
  ["buy btc 80 @64000", trade("buy", "btc", { ...money(80), ...limit(64_000) })],
  ["buy btc 80@64000", trade("buy", "btc", { ...money(80), ...limit(64_000) })],
  ["buy btc 80 @ 64k", trade("buy", "btc", { ...money(80), ...limit(64_000) })],
  ["buy btc 80 limit 64000", trade("buy", "btc", { ...money(80), ...limit(64_000) })],
  ["buy btc 80 @ market", trade("buy", "btc", money(80))],
  ["buy btc 80 market", trade("buy", "btc", money(80))],
  ["buy btc 80 stop 65000", trade("buy", "btc", { ...money(80), entry: { type: "stop", price: 65_000 } })],
  [
    "sell 1 btc stop 60000 limit 59900",
    trade("sell", "btc", { ...units(1), entry: { type: "stop_limit", price: 60_000, limit: 59_900 } }),
  ],
  // What protects it.
  ["buy btc 80 -sl 62000", trade("buy", "btc", { ...money(80), stop: price(62_000) })],
  ["buy btc 80 -sl 3%", trade("buy", "btc", { ...money(80), stop: share(0.03) })],
  ["buy btc 80 -sl 0.5%", trade("buy", "btc", { ...money(80), stop: share(0.005) })],
  ["buy btc 80 -tp 70000", trade("buy", "btc", { ...money(80), target: price(70_000) })],
  ["buy btc 80 -tp 6%", trade("buy", "btc", { ...money(80), target: share(0.06) })],
  ["buy btc 80 -tp 300%", trade("buy", "btc", { ...money(80), target: share(3) })],
  [
    "buy btc 80 -tp 3:2 -sl 2%",
    trade("buy", "btc", { ...money(80), stop: share(0.02), target: { kind: "reward", value: 1.5 } }),
  ],
  [
    "buy btc 80 -tp 2:1 -tsl 2",
    trade("buy", "btc", { ...money(80), trail: 0.02, target: { kind: "reward", value: 2 } }),
  ],
  ["buy btc 80 -tsl 2.8%", trade("buy", "btc", { ...money(80), trail: 0.028 })],
  [
    "buy btc 80 @ 64000 -sl 62000 -tp 70000",
    trade("buy", "btc", { ...money(80), ...limit(64_000), stop: price(62_000), target: price(70_000) }),
  ],
  [
    "sell btc 80 @ 64000 -sl 66000 -tp 60000",
    trade("sell", "btc", { ...money(80), ...limit(64_000), stop: price(66_000), target: price(60_000) }),
  ],
  [
    "buy btc 80 --stop 3% --target 6% --trail 1",
    trade("buy", "btc", { ...money(80), stop: share(0.03), target: share(0.06), trail: 0.01 }),
  ],
  // Where, for whom, and for how long.
  ["buy btc 80 -e Binance", trade("buy", "btc", { ...money(80), venue: "Binance" })],
  ["buy btc 80 -exchange okx", trade("buy", "btc", { ...money(80), venue: "okx" })],
  ["buy btc 80 -s Breakout", trade("buy", "btc", { ...money(80), strategy: "Breakout" })],
  ["buy btc 80 -tif day", trade("buy", "btc", { ...money(80), duration: "day" })],
  ["buy btc 80 -TIF IOC", trade("buy", "btc", { ...money(80), duration: "ioc" })],
  ["buy btc 80 @ 1 -tif fok", trade("buy", "btc", { ...money(80), ...limit(1), duration: "fok" })],
  ["buy btc 80 @ 1 -tif gtc", trade("buy", "btc", { ...money(80), ...limit(1) })],
  ["buy btc 80 @ 64000 -post", trade("buy", "btc", { ...money(80), ...limit(64_000), isPostOnly: true })],
  ["sell 1 btc -reduce", trade("sell", "btc", { ...units(1), isReduceOnly: true })],
  ["BUY BTC 80", trade("buy", "BTC", money(80))],
  ["  buy   btc\t80  ", trade("buy", "btc", money(80))],
  // Closing and cancelling.
  ["close btc", { kind: "close", symbol: "btc", amount: whole, price: null, ...anywhere }],
  ["close btc 50%", { kind: "close", symbol: "btc", amount: share(0.5), price: null, ...anywhere }],
  ["close btc 100%", { kind: "close", symbol: "btc", amount: whole, price: null, ...anywhere }],
  [
    "close btc 0.2",
    { kind: "close", symbol: "btc", amount: { kind: "units", value: 0.2 }, price: null, ...anywhere },
  ],
  ["close btc @ 70000", { kind: "close", symbol: "btc", amount: whole, price: 70_000, ...anywhere }],
  ["close btc 50% @ 70000", { kind: "close", symbol: "btc", amount: share(0.5), price: 70_000, ...anywhere }],
  ["close all", { kind: "close", symbol: null, amount: whole, price: null, ...anywhere }],
  ["close all 50%", { kind: "close", symbol: null, amount: share(0.5), price: null, ...anywhere }],
  [
    "close btc -e bybit -s Dip",
    { kind: "close", symbol: "btc", amount: whole, price: null, venue: "bybit", strategy: "Dip" },
  ],
  ["cancel 12345", { kind: "cancel", of: "12345", ...anywhere }],
  ["cancel 7f3a-stop", { kind: "cancel", of: "7f3a-stop", ...anywhere }],
  ["cancel btc", { kind: "cancel", of: "btc", ...anywhere }],
  ["cancel all", { kind: "cancel", of: null, ...anywhere }],
  ["cancel all -e okx", { kind: "cancel", of: null, venue: "okx", strategy: null }],
  // Looking.
  ["positions", { kind: "positions", symbol: null, ...anywhere }],
  ["pos", { kind: "positions", symbol: null, ...anywhere }],
  ["positions btc", { kind: "positions", symbol: "btc", ...anywhere }],
  ["positions all", { kind: "positions", symbol: null, ...anywhere }],
  ["orders", { kind: "orders", symbol: null, ...anywhere }],
  ["orders eth -e bybit", { kind: "orders", symbol: "eth", venue: "bybit", strategy: null }],
  ["pnl", { kind: "pnl", period: "today" }],
  ["pnl today", { kind: "pnl", period: "today" }],
  ["pnl week", { kind: "pnl", period: "week" }],
  ["PNL Month", { kind: "pnl", period: "month" }],
  ["pnl year", { kind: "pnl", period: "year" }],
  ["pnl all", { kind: "pnl", period: "all" }],
  ["balance", { kind: "balance" }],
  ["status", { kind: "status" }],
  ["gates", { kind: "gates" }],
  ["why 42", { kind: "why", id: "42" }],
  ["why 1704067200000-long", { kind: "why", id: "1704067200000-long" }],
  // Steering.
  ["pause Breakout", { kind: "pause", strategy: "Breakout" }],
  ["pause", { kind: "pause", strategy: null }],
  ["pause all", { kind: "pause", strategy: null }],
  ["resume Breakout", { kind: "resume", strategy: "Breakout" }],
  ["resume", { kind: "resume", strategy: null }],
  ["flatten", { kind: "flatten", strategy: null }],
  ["flatten Dip", { kind: "flatten", strategy: "Dip" }],
  ["reduce", { kind: "reduce" }],
  ["halt", { kind: "halt" }],
  ["kill", { kind: "kill", flattens: false }],
  ["kill flatten", { kind: "kill", flattens: true }],
  ["confirm 4711", { kind: "confirm", token: "4711" }],
  ["yes k3f9", { kind: "confirm", token: "k3f9" }],
  ["help", { kind: "help", about: null }],
  ["help buy", { kind: "help", about: "buy" }],
  ["quit", { kind: "quit" }],
  ["exit", { kind: "quit" }],
];

const bad: readonly (readonly [string, "BF5330" | "BF5331", RegExp])[] = [
  // Not there, not known.
  ["", "BF5330", /no command/],
  ["   ", "BF5330", /no command/],
  ["by btc 80", "BF5330", /`by` is no command.*buy/s],
  ["sel btc 80", "BF5330", /`sel` is no command.*sell/s],
  ["btc 80", "BF5330", /`btc` is no command/],
  ["80", "BF5330", /`80` is no command/],
  ["-sl 3%", "BF5330", /`-sl` is no command/],
  ["@ 2400", "BF5330", /`@` is no command/],
  // Half of it.
  ["buy", "BF5330", /expected a number.* found the end/],
  ["buy btc", "BF5330", /expected a number.* found the end.*buy btc 80/s],
  ["buy 80", "BF5330", /expected a name, found the end/],
  ["buy btc 80 @", "BF5330", /found the end/],
  ["buy btc 80 -sl", "BF5330", /expected a percentage or a number, found the end/],
  ["buy btc 80 -e", "BF5330", /expected a name, found the end/],
  ["buy btc 80 stop", "BF5330", /expected a number, found the end/],
  ["why", "BF5330", /found the end/],
  ["close", "BF5330", /found the end/],
  ["confirm", "BF5330", /found the end/],
  // Too much, in another order, or for something else.
  ["buy btc 80 90", "BF5330", /`90` cannot follow/],
  ["buy 1 btc 80", "BF5330", /`80` cannot follow/],
  ["buy btc eth 80", "BF5330", /found `eth`/],
  ["quit now", "BF5330", /`now` cannot follow/],
  ["pnl yesterday", "BF5330", /`yesterday` cannot follow/],
  ["kill all", "BF5330", /`all` cannot follow/],
  ["buy btc 80 -sl 3% -sl 4%", "BF5330", /`-sl` is given twice/],
  ["buy btc 80 -e a -exchange b", "BF5330", /`-exchange` is given twice/],
  ["buy btc 80 -tls 3", "BF5330", /no option `-tls`.*-tsl/s],
  ["buy btc 80 -leverage 10", "BF5330", /no option `-leverage`/],
  ["buy btc 80 -tif week", "BF5330", /found `week`/],
  ["buy btc 80 -tsl 2:1", "BF5330", /found `2:1`/],
  ["buy btc 2,400", "BF5330", /has commas.*2400/s],
  ["buy btc 80 @ 64,000", "BF5330", /has commas.*64000/s],
  ["buy btc -80", "BF5330", /found `-80`/],
  ["buy btc 1e9", "BF5330", /found `1e9`/],
  ["buy btc 0x10", "BF5330", /found `0x10`/],
  ["buy btc NaN", "BF5330", /found `NaN`/],
  ["buy btc Infinity", "BF5330", /found `Infinity`/],
  ["buy btc 80%%", "BF5330", /found `80%%`/],
  ["buy btc 80 -sl=3%", "BF5330", /`-sl=3%` cannot follow/],
  // Hostile.
  ["buy btc 80\nsell eth 80", "BF5330", /one line/],
  ["buy btc 80\u2028kill", "BF5330", /one line/],
  ["buy btc 80\u0000", "BF5330", /cannot be seen/],
  ["buy btc\u200b 80", "BF5330", /cannot be seen/],
  ["buy \u202ectb 80", "BF5330", /cannot be seen/],
  [`buy ${"b".repeat(600)} 80`, "BF5330", /characters/],
  ["buy \u0412TC 80", "BF5331", /other letters/],
  ["buy btc 80; rm -rf /", "BF5330", /no option `-rf`/],
  ["buy __proto__ 0", "BF5331", /an amount of nothing/],
  ["constructor", "BF5330", /no command/],
  ["toString btc 80", "BF5330", /no command/],
  ["help __proto__ x", "BF5330", /`x` cannot follow/],
  // Cannot be meant.
  ["buy btc 0", "BF5331", /an amount of nothing/],
  ["buy 0% btc", "BF5331", /an amount of nothing/],
  ["buy btc 80 @ 0", "BF5331", /a price of nothing/],
  ["buy btc 80 -sl 0%", "BF5331", /a stop stands/],
  ["buy btc 80 -sl 100%", "BF5331", /a stop stands/],
  ["buy btc 80 -tp 0", "BF5331", /a target stands/],
  ["buy btc 80 -tsl 0", "BF5331", /trailing stop/],
  ["buy btc 80 -tsl 100", "BF5331", /trailing stop/],
  ["buy btc 80 -tp 2:1", "BF5331", /needs a stop/],
  ["buy btc risk 1%", "BF5331", /ends at a stop/],
  ["buy btc risk 1% -tp 3%", "BF5331", /ends at a stop/],
  ["buy btc risk 0% -sl 3%", "BF5331", /an amount of nothing/],
  ["buy btc risk -sl 3%", "BF5330", /expected a number.* found `-sl`/],
  ["buy risk 1% btc -sl 3%", "BF5330", /`btc` cannot follow/],
  ["buy btc 80 -tp 0:1 -sl 3%", "BF5331", /a target of nothing/],
  ["buy btc 80 -tp 1:0 -sl 3%", "BF5331", /a target of nothing/],
  ["buy btc 80 @ 64000 -sl 65000", "BF5331", /stop at 65000 is not below the entry at 64000/],
  ["buy btc 80 @ 64000 -tp 60000", "BF5331", /target at 60000 is not above/],
  ["sell btc 80 @ 64000 -sl 63000", "BF5331", /stop at 63000 is not above/],
  ["sell btc 80 stop 60000 -tp 61000", "BF5331", /target at 61000 is not below/],
  ["buy btc 80 -post", "BF5331", /only a limit/],
  ["buy btc 80 stop 65000 -post", "BF5331", /only a limit/],
  ["buy btc 80 @ 64000 -post -tif ioc", "BF5331", /-post waits/],
  ["sell 1 btc -reduce -sl 3%", "BF5331", /only reduces/],
  ["close btc 0%", "BF5331", /more than nothing/],
  ["close btc 150%", "BF5331", /at most all/],
  ["close btc 0", "BF5331", /more than nothing/],
  ["close all 0.5", "BF5331", /of one symbol/],
  ["close all @ 70000", "BF5331", /of one symbol/],
  ["close btc -sl 3%", "BF5331", /takes -e and -s alone/],
  ["cancel btc -post", "BF5331", /takes -e and -s alone/],
];

function errorOf(text: string): BitFeverError {
  try {
    readCommand(text);
  } catch (error) {
    if (error instanceof BitFeverError) return error;
    throw error;
  }
  throw new Error(`nothing is wrong with ${text}`);
}

describe("commands", () => {
  it("are a table of at least 150", () => {
    expect(good.length + bad.length).toBeGreaterThanOrEqual(150);
    expect(new Set([...good, ...bad].map(([text]) => text)).size).toBe(good.length + bad.length);
  });

  it.each(good)("%s", (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });

  it.each(bad)("%j is refused: %s", (text, code, message) => {
    const error = errorOf(text);
    expect(error.code).toBe(code);
    expect(`${error.message}\n${error.hint ?? ""}`).toMatch(message);
    expect(error.hint).not.toBe("");
  });

  it("have forms that can all be read", () => {
    for (const [verb, forms] of Object.entries(commandForms))
      for (const form of forms.split(", ")) expect(readCommand(form), verb).toBeDefined();
  });

  it("are read or refused, whatever is typed", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...Object.keys(commandForms),
        "btc",
        "80",
        "@",
        "-sl",
        "-tp",
        "-tsl",
        "-e",
        "3%",
        "2:1",
        "all",
      ),
      fc.string({ maxLength: 8, unit: "binary" }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        try {
          readCommand(pieces.join(" "));
        } catch (error) {
          expect(error).toBeInstanceOf(BitFeverError);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
