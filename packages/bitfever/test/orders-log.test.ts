import { describe, expect, it } from "vitest";
import { backtest, compile, parseSettings } from "../src/index.js";
import { ordersCsv } from "../src/tables.js";
import { barsByHand } from "./bars-by-hand.js";

const bars = barsByHand([
  [100, 101, 99, 100],
  [100, 103, 99.5, 102],
  [102, 107, 102, 106],
  [106, 106, 101, 102],
]);

const program = `strategy "Log" {
  enter long "in" when bar_index == 0 { size 10 stop at 98 trail by 2 each bar }
  enter long "dip" at limit 90 when bar_index == 0 { size 1 stop at 80 }
}`;

describe("the log of orders", () => {
  it("has each order of a program with what became of it, also those that come with an entry", async () => {
    const settings = parseSettings({ tick: "0.5", lot: "1", money_decimals: "2" });
    const run = await backtest(compile(program), bars, { settings, orders: true });
    expect(
      run.orders.map(({ id, state, endTime, filled, averagePrice }) =>
        [id, state, endTime, filled, averagePrice].join(" "),
      ),
    ).toEqual([
      "0-in filled 60000 10 100",
      "0-in-stop cancelled 60000 0 ",
      // 2 behind 103 and 107.
      "0-in-stop-60000 cancelled 120000 0 ",
      "0-in-stop-120000 filled 180000 10 105",
    ]);
    expect(ordersCsv(run).split("\n").slice(0, 3)).toEqual([
      "sentTime,id,tag,purpose,side,type,quantity,price,limit,parent,state,endTime,filled,averagePrice,reason",
      "1970-01-01T00:00:00Z,0-in,in,enter,buy,market,10,,,,filled,1970-01-01T00:01:00Z,10,100,",
      '1970-01-01T00:01:00Z,0-in-stop,in,stop,sell,stop,10,98,,0-in,cancelled,1970-01-01T00:01:00Z,0,,"it was taken back, or another one took its place"',
    ]);
  });

  it("is empty where nobody asks, and the run is the same", async () => {
    const [without, asked] = await Promise.all([
      backtest(compile(program), bars),
      backtest(compile(program), bars, { orders: true }),
    ]);
    expect(without.orders).toEqual([]);
    expect(asked.result).toEqual(without.result);
  });
});
