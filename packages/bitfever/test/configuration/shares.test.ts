import { describe, expect, it } from "vitest";
import { bf } from "../../src/cli/bf.js";
import { utcClock } from "../../src/clock.js";
import { readAccount } from "../../src/trading/read-account.js";
import { startWalkedServer } from "../../src/venues/walked-server.js";
import { run } from "../cli-run.js";
import { testFolder } from "./folder.js";
import { runUntil, stoppedAfter } from "./run-in.js";

/* Accounts of shares from one file: at Alpaca and at Interactive Brokers, over their own protocols. */

/* These venues make bars of a minute and longer ones; those of a second come from a server of another one. */
const accountOf = (shares: string, bars = "{ venue: binance futures }"): string => `account: shares
capital: 1000000
journal: journal
exchanges:
  shares: ${shares}
  bars: ${bars}
strategies: [{ program: flip.bf, exchange: shares, feed: bars, symbols: [AAPL], interval: 1s }]
on_stop: cancel_entries
`;

const flip = `strategy "Flip" {
  enter long when close > open { size 2 stop at close * 0.5 }
  exit long when close < open
}
`;

const fills = (written: string): number => written.match(/ (bought|sold) [\d.]+ at /g)?.length ?? 0;

describe.each([
  ["alpaca", "alpaca", 'api_key: "${KEY}", secret: "${SECRET}"'],
  ["interactive brokers", "tws", "contracts: { AAPL: {} }"],
] as const)("an account at %s", (venue, protocol, keys) => {
  it("is checked, and rehearsed on paper and in earnest", { timeout: 240_000 }, async () => {
    const { put, at } = testFolder();
    put("flip.bf", flip);
    const path = put("account.yaml", accountOf(`{ venue: ${venue}, ${keys} }`));
    const checked = await run(bf, "config", "check", path);
    expect([checked.code, checked.out]).toEqual([
      0,
      "fine: shares, 1 strategy on AAPL; 0 gate rules; services: none\n",
    ]);
    for (const kind of ["paper", "live"]) {
      const journal = at(kind);
      const { code, out, err } = await runUntil(
        (written) => fills(written) >= 2,
        ...[kind, path, "--rehearse", "--watch", "--journal", journal],
        ...(kind === "live" ? ["--yes"] : []),
      );
      expect(err).not.toMatch(/difference|halted|stray|unprotected|error/);
      expect(err).toMatch(/^rehearsal: shares is a venue server at /m);
      expect(code).toBe(0);
      const where = kind === "live" ? `${venue} (rehearsal) venue` : "simulated venue";
      expect(out).toContain(`shares  ${kind} account, ${where}`);
      const told = await run(bf, "replay", journal);
      expect([told.code, told.err]).toEqual([0, ""]);
      const { setup } = readAccount(journal);
      expect(setup.instruments["AAPL"]).toMatchObject({ tick: 0.01, lot: 1 });
    }
  });

  it("goes on where it ended", { timeout: 240_000 }, async () => {
    const { put, at } = testFolder();
    const walk = { symbols: ["AAPL"], barMs: 1_000, history: 100, now: utcClock };
    const server = await startWalkedServer({ exchange: protocol, ...walk });
    const bars = await startWalkedServer({ exchange: "binance", ...walk });
    try {
      put("flip.bf", 'strategy "Once" { enter long when position_size == 0 { size 2 stop at close * 0.5 } }');
      const reached = Object.entries(server.options).map(([name, value]) => `${name}: ${value}`);
      const contracts = protocol === "tws" ? ["contracts: { AAPL: {} }"] : [];
      const there = [`venue: ${venue}`, "poll_ms: 1000", ...contracts, ...reached].join(", ");
      const path = put(
        "account.yaml",
        accountOf(
          `{ ${there} }`,
          `{ venue: binance futures, url: "${bars.address}", api_key: k, secret: s }`,
        ),
      );
      const live = ["live", path, "--yes", "--watch"];
      const first = await runUntil((written) => / stop 2\d{4}\.\d+, stop "/.test(written), ...live);
      expect([first.code, fills(first.err)]).toEqual([0, 1]);
      const left = readAccount(at("journal"));
      expect(left.state.seats[0].position).toBe(2);
      expect(left.state.orders.map(({ purpose }) => purpose)).toEqual(["stop"]);

      // Nothing is bought a second time, and the stop is the same one, and works.
      const again = await stoppedAfter(6_000, ...live);
      expect([again.code, fills(again.err)]).toEqual([0, 0]);
      expect(again.err).not.toMatch(/difference|halted|stray|unprotected/);
      const now = readAccount(at("journal"));
      expect([now.difference, now.state.holds, now.state.seats[0].position]).toEqual([null, [], 2]);
      expect(now.state.orders.map(({ clientId, state }) => [clientId, state])).toEqual(
        left.state.orders.map(({ clientId }) => [clientId, "working"]),
      );
    } finally {
      await server.close();
      await bars.close();
    }
  });
});
