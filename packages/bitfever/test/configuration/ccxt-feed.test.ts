import { expect, it } from "vitest";
import { bf } from "../../src/cli/bf.js";
import { utcClock } from "../../src/clock.js";
import { readAccount } from "../../src/trading/read-account.js";
import { startWalkedServer } from "../../src/venues/walked-server.js";
import { run } from "../cli-run.js";
import { testFolder } from "./folder.js";
import { runUntil } from "./run-in.js";

/* Paper trading on the bars of an exchange at which nobody can trade in earnest here. */

const flip = `strategy "Flip" {
  enter long when close > open { size 10% of equity unprotected }
  exit long when close < open
}
`;
const accountOf = (feed: string): string => `account: elsewhere
capital: 10000
journal: journal
feeds: { elsewhere: { kind: ccxt, ${feed} } }
strategies: [{ program: flip.bf, feed: elsewhere, symbols: [BTCUSDT], interval: 1s }]
`;

it("an account on paper trades by the bars and the rules of any exchange", { timeout: 120_000 }, async () => {
  const { put, at } = testFolder();
  const walk = { symbols: ["BTCUSDT"], barMs: 1_000, history: 100, now: utcClock };
  const server = await startWalkedServer({ exchange: "binance", ...walk });
  try {
    put("flip.bf", flip);
    const path = put("account.yaml", accountOf(`exchange: binanceus, url: "${server.address}"`));
    const fills = (written: string): number => written.match(/ (bought|sold) [\d.]+ at /g)?.length ?? 0;
    const { code, err } = await runUntil((written) => fills(written) >= 2, "paper", path, "--watch");
    expect([code, err]).toEqual([0, expect.not.stringContaining("error")]);
    const told = await run(bf, "replay", at("journal"));
    expect([told.code, told.err]).toEqual([0, ""]);
    const { setup, counts } = readAccount(at("journal"));
    expect(setup.instruments["BTCUSDT"]).toMatchObject({ tick: 0.01, lot: 0.00001 });
    // Of the past there are 50, of which the newest are traded on.
    expect(counts.instants).toBeGreaterThan(30);

    const live = await run(bf, "live", path, "--yes");
    expect([live.code, live.err]).toEqual([2, expect.stringContaining("BF5205")]);
  } finally {
    await server.close();
  }
});

it.each([
  ["exchange: krakne", /BF5315: ccxt has no exchange `krakne`\n.*did you mean kraken/],
  ["exchange: bitflyer", /BF5316: bitflyer makes no candles/],
  ["exchange: kraken, type: margin", /BF5200: .*`feeds\.elsewhere\.type` is .*\n.*write spot or swap/],
])("refuses a feed of %s", async (feed, expected) => {
  const { put } = testFolder();
  put("flip.bf", flip);
  const { code, err } = await run(bf, "paper", put("account.yaml", accountOf(feed)));
  expect([code, err]).toEqual([2, expect.stringMatching(expected)]);
});
