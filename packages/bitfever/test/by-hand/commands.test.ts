import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SizedOrder } from "../../src/by-hand/sizing.js";
import type { CommandAnswer } from "../../src/services/service.js";
import { readAccount, TradingAccount } from "../../src/index.js";
import { anAccount, me, type CommandedAccount } from "./an-account.js";

/* What people type, and what an account makes of it: the order that is sent, or the error that is given. */

/** An order as a line: what of it the venue gets. */
function line({ order, quantity }: SizedOrder, { account }: CommandedAccount): string {
  const { instrument } = account.desk.members.find(({ symbol }) => symbol === order.symbol)!;
  const level = (name: string, given: typeof order.stop): string =>
    given === undefined
      ? ""
      : ` ${name} ${"price" in given ? instrument.priceDecimal(given.price) : `${Number((given.offset.distance * 100).toPrecision(8))}%`}`;
  return [
    `${order.purpose} ${order.side} ${quantity} ${order.symbol} ${order.type}`,
    order.price === null ? "" : ` ${instrument.priceDecimal(order.price)}`,
    order.limit === undefined ? "" : ` limit ${instrument.priceDecimal(order.limit)}`,
    ...[level("stop", order.stop), level("target", order.target)],
    order.trail === undefined ? "" : ` trail ${Number((order.trail * 100).toPrecision(8))}%`,
    order.duration === undefined ? "" : ` ${order.duration.kind}`,
    order.isPostOnly === true ? " post" : "",
    order.strategy === "by hand" ? "" : ` of ${order.strategy}`,
  ].join("");
}

const linesOf = (answer: CommandAnswer, at: CommandedAccount): readonly string[] =>
  ((answer.data as { orders?: readonly SizedOrder[] } | undefined)?.orders ?? []).map((each) =>
    line(each, at),
  );

/** Good ones: the order that is sent. */
const orders: readonly (readonly [string, string])[] = [
  ["buy btc 80", "enter buy 0.001 BTCUSDT market"],
  ["buy btc 80 -tsl 2.8 -e simulated", "enter buy 0.001 BTCUSDT market trail 2.8%"],
  ["buy 0.5 eth @ 2400 -sl 3% -tp 2:1", "enter buy 0.5 ETHUSDT limit 2400 stop 3% target 6%"],
  ["buy eth 5%", "enter buy 2.5 ETHUSDT market"],
  ["buy 5% eth", "enter buy 2.5 ETHUSDT market"],
  ["buy btc $6400", "enter buy 0.1 BTCUSDT market"],
  ["buy $6400 btc", "enter buy 0.1 BTCUSDT market"],
  ["buy btc 6.4k", "enter buy 0.1 BTCUSDT market"],
  ["buy 10k doge", "enter buy 10000 DOGEUSDT market"],
  ["BUY 1 ETH", "enter buy 1 ETHUSDT market"],
  ["long eth 240", "enter buy 0.1 ETHUSDT market"],
  ["short eth 240", "enter sell 0.1 ETHUSDT market"],
  ["sell 1 eth", "enter sell 1 ETHUSDT market"],
  ["buy ETHUSDT 240", "enter buy 0.1 ETHUSDT market"],
  ["buy ethusdt 240", "enter buy 0.1 ETHUSDT market"],
  ["buy ETH/USDT 240", "enter buy 0.1 ETHUSDT market"],
  ["buy eth-usdt 240", "enter buy 0.1 ETHUSDT market"],
  ["buy eth_usdt 240", "enter buy 0.1 ETHUSDT market"],
  ["buy sol 150", "enter buy 1 SOL/USDT:USDT market"],
  ["buy SOL/USDT:USDT 150", "enter buy 1 SOL/USDT:USDT market"],
  ["buy solusdtusdt 150", "enter buy 1 SOL/USDT:USDT market"],
  ["buy xrpusdc 10", "enter buy 20 XRPUSDC market"],
  ["  buy   eth   240  ", "enter buy 0.1 ETHUSDT market"],
  ["buy\teth\t240", "enter buy 0.1 ETHUSDT market"],
  ["buy 0.019 eth", "enter buy 0.01 ETHUSDT market"],
  ["buy eth 47.99", "enter buy 0.01 ETHUSDT market"],
  ["buy 1 eth market", "enter buy 1 ETHUSDT market"],
  ["buy 1 eth @ market", "enter buy 1 ETHUSDT market"],
  ["buy 1 eth @ 2399.999", "enter buy 1 ETHUSDT limit 2399.99"],
  ["sell 1 eth @ 2500.001", "enter sell 1 ETHUSDT limit 2500.01"],
  ["buy 1 eth limit 2300", "enter buy 1 ETHUSDT limit 2300"],
  ["buy 1 eth stop 2500", "enter buy 1 ETHUSDT stop 2500"],
  ["buy 1 eth stop 2500.001", "enter buy 1 ETHUSDT stop 2500.01"],
  ["buy 1 eth stop 2500 limit 2510", "enter buy 1 ETHUSDT stop_limit 2500 limit 2510"],
  ["sell 1 eth stop 2300", "enter sell 1 ETHUSDT stop 2300"],
  ["buy eth 240 @ 2000", "enter buy 0.12 ETHUSDT limit 2000"],
  ["buy 1 eth -sl 2300", "enter buy 1 ETHUSDT market stop 2300"],
  ["buy 1 eth -sl 2300.005", "enter buy 1 ETHUSDT market stop 2300"],
  ["buy 1 eth -sl 3%", "enter buy 1 ETHUSDT market stop 3%"],
  ["buy 1 eth -tp 2600", "enter buy 1 ETHUSDT market target 2600"],
  ["buy 1 eth -tp 2600.001", "enter buy 1 ETHUSDT market target 2600.01"],
  ["buy 1 eth -tp 10%", "enter buy 1 ETHUSDT market target 10%"],
  ["buy 1 eth -sl 2300 -tp 3:1", "enter buy 1 ETHUSDT market stop 2300 target 2700"],
  ["sell 1 eth -sl 2500 -tp 3:1", "enter sell 1 ETHUSDT market stop 2500 target 2100"],
  ["sell 1 eth -sl 2% -tp 1.5:1", "enter sell 1 ETHUSDT market stop 2% target 3%"],
  ["buy 1 eth -tsl 2 -tp 3:1", "enter buy 1 ETHUSDT market target 6% trail 2%"],
  ["buy 1 eth -tsl 2% -sl 5%", "enter buy 1 ETHUSDT market stop 5% trail 2%"],
  ["buy 1 eth -stop 3% -target 6%", "enter buy 1 ETHUSDT market stop 3% target 6%"],
  ["buy 1 eth --sl 3%", "enter buy 1 ETHUSDT market stop 3%"],
  ["buy 1 eth @ 2300 -post", "enter buy 1 ETHUSDT limit 2300 post"],
  ["buy 1 eth @ 2300 -tif day", "enter buy 1 ETHUSDT limit 2300 day"],
  ["buy 1 eth @ 2300 -tif ioc", "enter buy 1 ETHUSDT limit 2300 ioc"],
  ["buy 1 eth @ 2300 -tif fok", "enter buy 1 ETHUSDT limit 2300 fok"],
  ["buy 1 eth @ 2300 -tif gtc", "enter buy 1 ETHUSDT limit 2300"],
  ["buy 1 eth -s by-hand", "enter buy 1 ETHUSDT market"],
  ["buy 1 eth -s hand", "enter buy 1 ETHUSDT market"],
  // 1% of 120,000 is lost where the stop is met: 5% of 2,400 a coin, or 100, or 2% where that is nearer.
  ["buy eth risk 1% -sl 5%", "enter buy 10 ETHUSDT market stop 5%"],
  ["buy eth risk 1.2k -sl 2300", "enter buy 12 ETHUSDT market stop 2300"],
  ["buy eth risk $480 -sl 5% -tsl 2", "enter buy 10 ETHUSDT market stop 5% trail 2%"],
  ["sell eth risk 0.1% @ 2500 -sl 2600 -tp 2:1", "enter sell 1.2 ETHUSDT limit 2500 stop 2600 target 2300"],
  ["buy 1_000 doge", "enter buy 1000 DOGEUSDT market"],
  ["close btc -s big-holder", "exit sell 0.2 BTCUSDT market of Big holder"],
  ["close btc 50% -s BigHolder", "exit sell 0.1 BTCUSDT market of Big holder"],
  ["close all -s big-holder", "exit sell 0.2 BTCUSDT market of Big holder"],
  ["close btc 0.05 -s big-holder", "exit sell 0.05 BTCUSDT market of Big holder"],
  ["close btc @ 70000 -s big-holder", "exit sell 0.2 BTCUSDT limit 70000 of Big holder"],
];

/** With one ETH long and 20 SOL short by hand: what trades against that, closes first. */
const withPosition: readonly (readonly [string, string])[] = [
  ["sell 0.4 eth", "exit sell 0.4 ETHUSDT market"],
  ["sell eth 240", "exit sell 0.1 ETHUSDT market"],
  ["sell 1 eth", "exit sell 1 ETHUSDT market"],
  ["sell 1.5 eth", "enter sell 0.5 ETHUSDT market"],
  ["sell 1.5 eth -sl 3%", "enter sell 0.5 ETHUSDT market stop 3%"],
  ["sell 1.5 eth -reduce", "exit sell 1 ETHUSDT market"],
  ["sell 0.4 eth @ 2600", "exit sell 0.4 ETHUSDT limit 2600"],
  ["buy 0.4 eth", "enter buy 0.4 ETHUSDT market"],
  ["buy 5 sol", "exit buy 5 SOL/USDT:USDT market"],
  ["buy 30 sol", "enter buy 10 SOL/USDT:USDT market"],
  ["close eth", "exit sell 1 ETHUSDT market"],
  ["close eth 50%", "exit sell 0.5 ETHUSDT market"],
  ["close eth 33%", "exit sell 0.33 ETHUSDT market"],
  ["close eth 0.25", "exit sell 0.25 ETHUSDT market"],
  ["close sol 50%", "exit buy 10 SOL/USDT:USDT market"],
  ["close eth @ 2500", "exit sell 1 ETHUSDT limit 2500"],
  ["close sol @ 140", "exit buy 20 SOL/USDT:USDT limit 140"],
  ["close all", "exit sell 1 ETHUSDT market; exit buy 20 SOL/USDT:USDT market"],
  ["close all 50%", "exit sell 0.5 ETHUSDT market; exit buy 10 SOL/USDT:USDT market"],
];

/** Odd and hostile ones: the code of the error. */
const errors: readonly (readonly [string, string])[] = [
  ["", "BF5330"],
  ["   ", "BF5330"],
  ["hello", "BF5330"],
  ["by btc 80", "BF5330"],
  ["buy", "BF5330"],
  ["buy btc", "BF5330"],
  ["buy 80", "BF5330"],
  ["buy btc eth", "BF5330"],
  ["buy btc 80 90", "BF5330"],
  ["buy btc -80", "BF5330"],
  ["buy -1 btc", "BF5330"],
  ["buy btc 1e3", "BF5330"],
  ["buy btc NaN", "BF5330"],
  ["buy btc Infinity", "BF5330"],
  ["buy btc 0x50", "BF5330"],
  ["buy btc 1,000", "BF5330"],
  ["buy btc 80 -lev 10", "BF5330"],
  ["buy btc 80 -sl", "BF5330"],
  ["buy btc 80 -sl 3% -sl 4%", "BF5330"],
  ["buy btc 80; kill flatten", "BF5330"],
  ["buy btc 80 && flatten all", "BF5330"],
  ["buy btc 80\nflatten all", "BF5330"],
  ["buy btc 80\r\nkill", "BF5330"],
  ["buy btc 80\u2028kill", "BF5330"],
  ["buy btc\u0000 80", "BF5330"],
  ["buy b\u200btc 80", "BF5330"],
  ["\u202ebuy btc 80", "BF5330"],
  ["buy btc 80 \u001b[2J", "BF5330"],
  [`buy btc ${"9".repeat(600)}`, "BF5330"],
  [`buy ${"btc ".repeat(200)}80`, "BF5330"],
  ["DROP TABLE orders", "BF5330"],
  ['{"command":"buy btc 80"}', "BF5330"],
  ["$(rm -rf /)", "BF5330"],
  ["<script>buy btc 80</script>", "BF5330"],
  ["__proto__", "BF5330"],
  ["constructor", "BF5330"],
  ["help constructor", "BF5330"],
  ["help __proto__", "BF5330"],
  ["buy 0 btc", "BF5331"],
  ["buy btc 0", "BF5331"],
  ["buy btc 0%", "BF5331"],
  ["buy 1 eth @ 0", "BF5331"],
  ["buy 1 eth -sl 0", "BF5331"],
  ["buy 1 eth -sl 100%", "BF5331"],
  ["buy 1 eth -tp 2:1", "BF5331"],
  ["buy 1 eth -tsl 100", "BF5331"],
  ["buy 1 eth @ 2400 -sl 2500", "BF5331"],
  ["buy 1 eth @ 2400 -tp 2300", "BF5331"],
  ["sell 1 eth @ 2400 -sl 2300", "BF5331"],
  ["buy 1 eth -post", "BF5331"],
  ["buy 1 eth @ 2300 -post -tif ioc", "BF5331"],
  ["buy 1 eth -reduce -sl 3%", "BF5331"],
  ["close eth 0%", "BF5331"],
  ["close eth 150%", "BF5331"],
  ["close all 0.5", "BF5331"],
  ["buy 1 \u0435th", "BF5331"],
  ["buy eth risk 1%", "BF5331"],
  ["buy ltc 80", "BF5332"],
  ["buy b 80", "BF5332"],
  ["buy usdt 80", "BF5332"],
  ["buy xrp 80", "BF5332"],
  ["buy ../../etc/passwd 80", "BF5332"],
  ["buy toString 80", "BF5332"],
  ["buy __proto__ 80", "BF5332"],
  ["positions ltc", "BF5332"],
  ["buy 1 eth -s nobody", "BF5333"],
  ["buy 1 btc -s big-holder", "BF5333"],
  ["close btc -s nobody", "BF5333"],
  ["pause nobody", "BF5333"],
  ["resume constructor", "BF5333"],
  ["flatten nobody", "BF5333"],
  ["buy btc 80 -tsl 2.8 -e bybit", "BF5334"],
  ["close btc -e binance", "BF5334"],
  ["orders -e kraken", "BF5334"],
  ["buy btc 10", "BF5335"],
  ["buy btc $63.99", "BF5335"],
  ["buy 0.0009 btc", "BF5335"],
  ["buy 0.5 doge", "BF5335"],
  ["buy 999999999999 btc", "BF5335"],
  [`buy ${"9".repeat(300)} btc`, "BF5335"],
  [`buy ${"9".repeat(400)} btc`, "BF5335"],
  ["buy 99999999m doge", "BF5335"],
  ["buy btc 70k", "BF5335"],
  ["buy 1 eth -sl 2400", "BF5335"],
  ["buy 1 eth -sl 2500", "BF5335"],
  ["sell 1 eth -sl 2300", "BF5335"],
  ["buy 1 eth -tp 2300", "BF5335"],
  ["sell 1 eth -tp 2500", "BF5335"],
  ["sell 1 eth -sl 50% -tp 3:1", "BF5335"],
  ["buy eth risk 1% -sl 2400", "BF5335"],
  ["buy eth risk 1% -sl 0.0001%", "BF5335"],
  ["sell 1 eth -reduce", "BF5335"],
  ["buy 1 eth -reduce", "BF5335"],
  ["close eth", "BF5335"],
  ["close btc", "BF5335"],
  ["close all", "BF5335"],
  ["close btc 0.3 -s big-holder", "BF5335"],
  ["close btc 0.1% -s big-holder", "BF5335"],
  ["confirm 12345678", "BF5336"],
  ["yes ABCDEFGH", "BF5336"],
  ["confirm constructor", "BF5336"],
  ["cancel all", "BF5337"],
  ["cancel btc", "BF5337"],
  ["cancel nothing-such", "BF5337"],
  ["cancel 99", "BF5337"],
  ["why 12345", "BF5337"],
  ["why __proto__", "BF5337"],
  ["buy btc 40k", "order_notional_too_large"],
  ["buy 13 eth", "order_notional_too_large"],
];

describe("an order by hand", () => {
  it.each(orders)("%s", async (words, expected) => {
    const at = anAccount();
    const answer = await at.commands.carryOut(words, me);
    expect([answer.text, answer.outcome]).toEqual([expect.any(String), "done"]);
    expect(linesOf(answer, at).join("; ")).toBe(expected);
    const { sent } = answer.data as {
      readonly sent: readonly { readonly orderId: string; readonly quantity: number }[];
    };
    expect(sent.map(({ quantity }) => quantity)).toEqual(
      (answer.data as { orders: readonly SizedOrder[] }).orders.map(({ quantity }) => quantity),
    );
    for (const { orderId } of sent)
      expect(at.account.state.orders.map((each) => each.orderId)).toContain(orderId);
    expect(at.audit.map(({ outcome }) => outcome)).toEqual(["asked", "done"]);
    expect(at.audit[1]).toMatchObject({ ...me, words, orders: sent });
    // What it will be called nobody knows before.
    expect(at.audit[0].orders).toEqual(sent.map(({ orderId: _orderId, ...order }) => order));
  });

  it.each(withPosition)("beside a position: %s", async (words, expected) => {
    const at = anAccount();
    await at.commands.carryOut("buy 1 eth", me);
    await at.commands.carryOut("sell 20 sol", me);
    at.pass(1);
    const answer = await at.commands.carryOut(words, me);
    expect([answer.text, answer.outcome]).toEqual([expect.any(String), "done"]);
    expect(linesOf(answer, at).join("; ")).toBe(expected);
  });

  it.each(errors)("is refused: %j", async (words, code) => {
    const at = anAccount();
    const before = JSON.stringify(at.account.state);
    const answer = await at.commands.carryOut(words, me);
    expect(answer).toMatchObject({ code, outcome: code === "BF5330" ? "unreadable" : "refused" });
    expect(answer.text).not.toBe("");
    expect(JSON.stringify(at.account.state)).toBe(before);
    expect(at.audit).toHaveLength(1);
    expect(at.audit[0]).toMatchObject({ ...me, code, outcome: answer.outcome });
  });

  it("is more than 150 inputs", () => {
    expect(orders.length + withPosition.length + errors.length).toBeGreaterThan(150);
  });

  it("answers whatever is typed, and keeps all of it", async () => {
    const at = anAccount();
    const parts = fc.constantFrom(
      "buy",
      "sell",
      "btc",
      "eth",
      "1",
      "80",
      "-sl",
      "3%",
      "@",
      "close",
      "all",
      "confirm",
      "\u0000",
      "2:1",
    );
    const words = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(parts).map((each) => each.join(" ")),
    );
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const kept = at.audit.length;
        const answer = await at.commands.carryOut(text, me);
        expect(["done", "refused", "unreadable"]).toContain(answer.outcome);
        expect(at.audit.length).toBeGreaterThan(kept);
      }),
      { numRuns: 300 },
    );
  });
});

describe("an account with somebody who trades by hand", () => {
  it("says in full what it understood, and what the gates say", async () => {
    const { text } = await anAccount().commands.carryOut("buy 0.5 eth @ 2400 -sl 3% -tp 2:1", me);
    expect(text.split("\n")).toEqual([
      "buy 0.5 ETHUSDT at a limit of 2400, worth 1200.00 USDT",
      "opens 0.5 long, booked by hand",
      "stop 3% from the fill, about 2328",
      "target 6% from the fill, about 2544",
      "gates: let through",
      expect.stringMatching(/^sent as \d+-hand-1$/),
    ]);
  });

  it("means by -e what is traded there, where an account has several venues", async () => {
    const at = (name: string) => ({ name, orders: ["market", "stop"] as const, replaces: true });
    const others = ["SOL/USDT:USDT", "DOGEUSDT", "XRPUSDT", "XRPUSDC"];
    const abilities = {
      ...{ separates: true, protects: true, replaces: true },
      bySymbol: {
        BTCUSDT: at("binance futures"),
        ...Object.fromEntries(["ETHUSDT", ...others].map((each) => [each, at("bybit linear")] as const)),
      },
    };
    const venue = { name: "binance futures and bybit linear", abilities };
    const { commands, account, pass } = anAccount({ venue });
    const told = async (words: string): Promise<string> => (await commands.carryOut(words, me)).text;
    expect(await told("buy btc 6400 -e bybit")).toContain(
      "orders in BTCUSDT go to `binance futures`, and not to `bybit`",
    );
    expect(await told("buy btc 6400 -e kraken")).toContain(
      "orders of this account go to `binance futures` and `bybit linear`, and not to `kraken`",
    );
    expect(await told("buy btc 6400 -e binance -sl 2%")).toContain("sent as");
    expect(await told("buy eth 2400 -e bybit -sl 2%")).toContain("sent as");
    expect(await told("buy 1 eth @ 2300 -e bybit")).toContain("unable: the venue takes no limit orders");
    pass(1);
    expect(await told("positions -e bybit")).toMatch(/^ETHUSDT long 1 [^\n]*$/);
    expect(await told("orders -e binance")).toMatch(/^[^\n]* BTCUSDT stop [^\n]*$/);
    expect(await told("close all -e bybit")).toContain("sent as");
    pass(1);
    const held = account.state.seats.filter(({ position }) => position !== 0);
    expect(held.map(({ strategy, symbol }) => [strategy, symbol])).toEqual([
      ["Big holder", "BTCUSDT"],
      ["by hand", "BTCUSDT"],
    ]);
  });

  it("is asked about what the gates refuse without any of them having fired", async () => {
    const { commands, account } = anAccount();
    const { text, outcome, code } = await commands.carryOut("buy btc 40k", me);
    expect([outcome, code]).toEqual(["refused", "order_notional_too_large"]);
    expect(text).toContain("gates: refused, order_notional_too_large: ");
    expect(account.state.gates[0]).toMatchObject({ fired: 0, last: null });
  });

  it("protects, closes and books by hand beside a strategy in the same symbol", async () => {
    const { commands, account, pass } = anAccount();
    await commands.carryOut("buy btc 6400 -sl 2% -tp 62:1", me);
    pass(1);
    const positions = (): readonly (readonly [string, number])[] =>
      account.state.seats
        .filter(({ position }) => position !== 0)
        .map(({ strategy, position }) => [strategy, position]);
    expect(positions()).toEqual([
      ["Big holder", 0.2],
      ["by hand", 0.1],
    ]);
    const told = await commands.carryOut("positions", me);
    expect(told.text).toMatch(
      /^BTCUSDT long 0\.2 from 64000, now 64000, 0\.00 open \(Big holder\)\nBTCUSDT long 0\.1 /,
    );
    expect((await commands.carryOut("orders", me)).text).toMatch(
      /stop 2% from its entry, stop, working \(by hand\)/,
    );
    await commands.carryOut("close btc 50%", me);
    pass(1);
    expect(positions()).toEqual([
      ["Big holder", 0.2],
      ["by hand", 0.05],
    ]);
    pass(1, { BTCUSDT: 60_000 });
    expect(positions()).toEqual([["Big holder", 0.2]]);
    expect((await commands.carryOut("pnl today", me)).text).toMatch(
      /by hand: -\d+\.\d\d in \d trades, 0\.00 open/,
    );
  });

  it("has one purse for all symbols", async () => {
    const { commands, account, pass } = anAccount();
    // An even part of what is for trading by hand would be 10,000.
    expect(await commands.carryOut("buy eth 25k", me)).toMatchObject({ outcome: "done" });
    expect(await commands.carryOut("buy sol 24k", me)).toMatchObject({ outcome: "done" });
    pass(1);
    const held = account.state.seats.filter(
      ({ position, strategy }) => position !== 0 && strategy === "by hand",
    );
    expect(held.map(({ symbol, position }) => [symbol, position])).toEqual([
      ["ETHUSDT", 10.41],
      ["SOL/USDT:USDT", 160],
    ]);
    expect(account.state.equity).toBe(120_000);
    expect(await commands.carryOut("buy doge 12k", me)).toMatchObject({ code: "BF5335", outcome: "refused" });
  });

  it("cancels by id, by its end, by symbol, and not what protects", async () => {
    const { commands, account, pass } = anAccount();
    for (const words of ["buy 1 eth @ 2300", "buy 1 eth @ 2200", "buy 1 sol @ 100", "buy 100 doge -sl 5%"])
      expect(await commands.carryOut(words, me)).toMatchObject({ outcome: "done" });
    pass(1);
    const resting = (): readonly string[] =>
      account.state.orders.map(({ symbol, purpose }) => `${symbol} ${purpose}`);
    expect(resting()).toEqual(["ETHUSDT enter", "ETHUSDT enter", "SOL/USDT:USDT enter", "DOGEUSDT stop"]);
    const [{ orderId }] = account.state.orders;
    expect(await commands.carryOut(`cancel ${orderId}`, me)).toMatchObject({ outcome: "done" });
    expect(await commands.carryOut("cancel hand-2", me)).toMatchObject({ outcome: "done" });
    expect(await commands.carryOut("cancel all", me)).toMatchObject({
      text: expect.stringContaining("1 that protects what is held stays") as string,
    });
    expect(resting()).toEqual(["DOGEUSDT stop"]);
    const stop = account.state.orders[0].orderId;
    expect((await commands.carryOut(`cancel ${stop}`, me)).outcome).toBe("done");
    expect(resting()).toEqual([]);
  });

  it("tells why an order is there", async () => {
    const { commands, account, pass } = anAccount();
    await commands.carryOut("buy 1 eth @ 2300 -sl 3%", { mouth: "telegram", who: "chat 7" });
    const { text } = await commands.carryOut("why hand-1", me);
    expect(text).toMatch(
      /^\d+-hand-1: buy 1 ETHUSDT limit 2300, enter of by hand\ngiven .*Z by chat 7 \(telegram\): buy 1 eth @ 2300 -sl 3%\nworking at the venue as bf/,
    );
    pass(1);
    const [first] = account.desk.orders;
    expect((await commands.carryOut(`why ${first.clientId}`, me)).text).toContain('by the rule "long"');
  });

  it("does what an operator asks", async () => {
    const { commands, account, quits } = anAccount();
    const given = async (words: string): Promise<string> => (await commands.carryOut(words, me)).text;
    expect(await given("pause big-holder")).toContain("pause Big holder: opens nothing until it is resumed");
    expect(account.state.paused).toEqual(["Big holder"]);
    await given("resume all");
    expect(account.state.paused).toEqual([]);
    await given("halt");
    expect(account.state.state).toBe("halted");
    expect(await commands.carryOut("buy 1 eth", me)).toMatchObject({ code: "halted", outcome: "refused" });
    expect(await commands.carryOut("close btc -s big-holder", me)).toMatchObject({ outcome: "done" });
    await given("resume");
    await given("reduce");
    expect(account.state.state).toBe("reducing");
    expect(await given("status")).toContain("reducing, equity 120000.00");
    expect(await given("gates")).toContain(
      "max_order_notional of each account: at most 30000, refuse; fired 0 times",
    );
    expect(await given("balance")).toContain("equity 120000.00, 0.00 since it began");
    expect(await given("help buy")).toContain("buy btc 80");
    expect((await given("help")).split("\n").length).toBeGreaterThan(15);
    await given("kill flatten");
    expect(account.state.state).toBe("halted");
    await given("quit");
    expect(quits()).toBe(1);
  });

  it("is told again from its journal to what it was, and goes on from there", async () => {
    const store = mkdtempSync(join(tmpdir(), "bitfever-commands-"));
    const { commands, account, pass } = anAccount({ journal: store });
    const given = [
      "buy btc 6400 -tsl 2",
      "sell 20 sol -sl 3% -tp 2:1",
      "buy 1 eth @ 2300",
      "close btc 50%",
      "cancel eth",
    ];
    for (const words of given) {
      expect(await commands.carryOut(words, me)).toMatchObject({ outcome: "done" });
      pass(1);
    }
    const { state, trades } = account;
    account.abandon();
    expect(readAccount(store)).toMatchObject({ difference: null, state });
    const again = TradingAccount.open({ setup: account.setup, journal: store });
    expect([again.state, again.trades]).toEqual([state, trades]);
    again.close();
    rmSync(store, { recursive: true });
  });

  it("has nothing to trade by hand where nobody has given it a part of the capital", async () => {
    const { commands } = anAccount({ byHand: undefined });
    expect(await commands.carryOut("buy btc 80", me)).toMatchObject({ code: "BF5340", outcome: "refused" });
    expect(await commands.carryOut("close btc 50% -s big-holder", me)).toMatchObject({ outcome: "done" });
  });
});

describe("a token", () => {
  const confirmed = (words: string, answer: CommandAnswer): string =>
    `${words} ${answer.confirm?.token ?? ""}`;

  it("stands for the order as it was sized, once, and for who was given it", async () => {
    const { commands, account, audit, pass } = anAccount({ confirms: "trades", confirmMs: 600_000 });
    const asked = await commands.carryOut("buy eth 2400", me);
    expect(asked).toMatchObject({
      outcome: "confirm",
      text: expect.stringMatching(/gates: let through\nnothing is done yet: confirm \w{8}$/) as string,
    });
    expect(account.state.orders).toEqual([]);
    // The price has moved: what was shown is what is sent.
    pass(1, { ETHUSDT: 2_500 });
    const token = confirmed("confirm", asked);
    expect(await commands.carryOut(token, { mouth: "test", who: "you" })).toMatchObject({
      outcome: "refused",
      code: "BF5336",
    });
    expect(await commands.carryOut(token, { mouth: "http", who: "me" })).toMatchObject({
      outcome: "refused",
      code: "BF5336",
    });
    expect(await commands.carryOut(confirmed("yes", asked).toLowerCase(), me)).toMatchObject({
      outcome: "done",
    });
    expect(account.state.orders.map(({ left }) => left)).toEqual([1]);
    expect(await commands.carryOut(token, me)).toMatchObject({ outcome: "refused", code: "BF5336" });
    const texts = audit.map(({ words, outcome, code }) => `${words}: ${outcome} ${code ?? ""}`.trim());
    expect(texts).toEqual([
      "buy eth 2400: confirm",
      "confirm •••: refused BF5336",
      "confirm •••: refused BF5336",
      "buy eth 2400: asked",
      "yes •••: done",
      "confirm •••: refused BF5336",
    ]);
    expect(JSON.stringify(audit)).not.toContain(asked.confirm?.token);
  });

  it("is good for a while", async () => {
    const { commands, wait } = anAccount({ confirms: "trades", confirmMs: 30_000 });
    const [early, late] = [
      await commands.carryOut("buy 1 eth", me),
      await commands.carryOut("buy 2 eth", me),
    ];
    wait(29_999);
    expect(await commands.carryOut(confirmed("confirm", early), me)).toMatchObject({ outcome: "done" });
    wait(1);
    expect(await commands.carryOut(confirmed("confirm", late), me)).toMatchObject({
      outcome: "refused",
      code: "BF5336",
    });
  });

  it("is judged again when it is given back", async () => {
    const { commands, account } = anAccount({ confirms: "trades" });
    const asked = await commands.carryOut("buy 1 eth", me);
    await commands.carryOut("halt", me);
    expect(await commands.carryOut(confirmed("confirm", asked), me)).toMatchObject({
      outcome: "refused",
      code: "halted",
    });
    expect(account.state.orders).toEqual([]);
  });

  it("is gone for who guesses", async () => {
    const { commands } = anAccount({ confirms: "everything" });
    const asked = await commands.carryOut("flatten all", me);
    expect(asked.outcome).toBe("confirm");
    for (let i = 0; i < 5; i++) await commands.carryOut(`confirm WRONG${i}`, me);
    expect(await commands.carryOut(confirmed("confirm", asked), me)).toMatchObject({
      outcome: "refused",
      code: "BF5336",
    });
  });

  it("is not asked for by a question", async () => {
    const { commands } = anAccount({ confirms: "everything" });
    for (const words of ["positions", "orders", "pnl", "status", "help"])
      expect(await commands.carryOut(words, me)).toMatchObject({ outcome: "done" });
  });
});
