import { describe, expect, it } from "vitest";
import { backtest, compile, parseSettings, whyTrade, type Backtest } from "../src/index.js";
import { whyCommand } from "../src/cli/commands/why.js";
import { barsByHand } from "./bars-by-hand.js";
import { run } from "./cli-run.js";

const bars = barsByHand([
  [100, 101, 99, 100],
  [100, 103, 99.5, 102],
  [102, 102.5, 96, 97],
  [97, 98, 96, 97],
]);

const told = (rules: string, given: Record<string, string> = {}): Promise<Backtest> =>
  backtest(compile(`strategy "Why" { ${rules} }`), bars, {
    settings: parseSettings({ tick: "0.5", lot: "1", money_decimals: "2", ...given }),
    explain: true,
  });

describe("why a trade came about", () => {
  it("says where on the path orders were met, and what slippage and commission took", async () => {
    const run = await told('enter long "up" at stop 102 when bar_index == 0 { size 10 stop at 98 }', {
      slippage: "1 tick",
      commission: "0.1%",
    });
    expect(whyTrade(run, 1)).toEqual([
      "Trade 1: long 10 from 102.5 to 97.5, profit -52",
      "",
      'Entry "up"',
      "  a stop order to buy 10 at 102, sent at the close before",
      "  in the bar of 1970-01-01T00:01:00Z (open 100, high 103, low 99.5, close 102) on the way from 99.5 to 103 the price came to 102",
      "  filled at 102.5, which is 0.5 of slippage from 102",
      "  commission 1.02",
      "",
      'Exit "up" (stop)',
      "  a stop order to sell 10 at 98, placed the bar before",
      "  in the bar of 1970-01-01T00:02:00Z (open 102, high 102.5, low 96, close 97) on the way from 102.5 to 96 the price came to 98",
      "  filled at 97.5, which is 0.5 of slippage from 98",
      "  commission 0.98",
    ]);
  });

  it("tells of what is open, what rested, and what another path would have decided", async () => {
    const open = await told("enter long at limit 99.5 when bar_index == 0 { size 10 unprotected }");
    expect(whyTrade(open, 1).slice(2)).toEqual([
      'Entry "long"',
      "  a limit order to buy 10 at 99.5, sent at the close before",
      "  in the bar of 1970-01-01T00:01:00Z (open 100, high 103, low 99.5, close 102) on the way from 100 to 99.5 the price came to 99.5",
      "  filled at 99.5, having rested",
      "",
      "Still open at the end",
    ]);
    const both = await told("enter long when bar_index == 1 { size 10 stop at 97 target at 102.5 }");
    expect(whyTrade(both, 1)).toContain("  another path inside the bar might have met another order first");
  });

  it("tells of the close and of the end", async () => {
    const atClose = await told("fills { on close } enter long when bar_index == 0 { size 1 unprotected }", {
      at_end: "close",
    });
    expect(whyTrade(atClose, 1).filter((line) => line.includes("order"))).toEqual([
      "  a market order to buy 1, sent at that close",
      "  a market order to sell 1, as there were no more bars",
    ]);
  });

  it("refuses a trade that there is not", async () => {
    const run = await told("enter long when bar_index == 0 { size 1 unprotected }");
    expect(() => whyTrade(run, 2)).toThrow(
      expect.objectContaining({ code: "BF5071", hint: "the run has trades 1 to 1" }),
    );
  });

  it("keeps no fills unless asked", async () => {
    const strategy = compile('strategy "Why" { enter long when bar_index == 0 { size 1 unprotected } }');
    expect((await backtest(strategy, bars)).fills).toEqual([]);
  });
});

describe("bf why", () => {
  const data = "examples/data/SYNTHETIC-1d.csv";
  it("tells of a trade of an example", async () => {
    const { out, code } = await run(whyCommand, "examples/turtle/strategy.bf", "1", "--data", data);
    expect(code).toBe(0);
    expect(out).toMatch(/^Trade 1: /);
    expect(out).toContain("Entry ");
  });

  it.each(["0", "x", "100000"])("refuses trade %s", async (trade) => {
    const { err, code } = await run(whyCommand, "examples/turtle/strategy.bf", trade, "--data", data);
    expect(code).toBe(2);
    expect(err).toContain("BF5071");
  });
});
