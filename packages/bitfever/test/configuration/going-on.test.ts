import { expect, it } from "vitest";
import { utcClock } from "../../src/clock.js";
import { readAccount } from "../../src/trading/read-account.js";
import { startWalkedServer } from "../../src/venues/walked-server.js";
import { testFolder } from "./folder.js";
import { runUntil, stoppedAfter } from "./run-in.js";

/* An account at a venue that outlives it: stopped in the middle, it goes on where it ended. */

const fills = (written: string): number => written.match(/ (bought|sold) [\d.]+ at /g)?.length ?? 0;

it(
  "an account at a venue goes on where it ended, with what it holds protected meanwhile",
  { timeout: 300_000 },
  async () => {
    const { put, at } = testFolder();
    const server = await startWalkedServer({
      ...{ exchange: "binance", symbols: ["BTCUSDT"], barMs: 1_000, history: 100, seed: 3 },
      now: utcClock,
    });
    try {
      // It opens once, and closes by its stop alone, which is far away.
      put(
        "once.bf",
        'strategy "Once" { enter long when position_size == 0 { size 10% of equity stop at close * 0.5 } }',
      );
      put("secrets.yaml", `KEY: ${server.options["api_key"]}\nSECRET: ${server.options["secret"]}\n`);
      const account = put(
        "account.yaml",
        `account: going on
capital: 10000
credentials: secrets.yaml
journal: journal
exchanges: { main: { venue: binance futures, url: "${server.address}", api_key: "\${KEY}", secret: "\${SECRET}", poll_ms: 1000 } }
strategies: [{ program: once.bf, symbols: [BTCUSDT], interval: 1s }]
on_stop: cancel_entries
services: {}
`,
      );
      const journal = at("journal");
      const live = ["live", account, "--yes", "--watch"];
      const first = await runUntil((written) => / stop 2\d{4}\.\d+, stop "/.test(written), ...live);
      expect([first.code, fills(first.err)]).toEqual([0, 1]);
      const left = readAccount(journal);
      expect(left.difference).toBeNull();
      expect(left.state.seats[0].position).toBeGreaterThan(0);
      expect(left.state.orders.map(({ purpose, state }) => [purpose, state])).toEqual([["stop", "working"]]);
      expect(left.setup).toMatchObject({
        kind: "live",
        venue: "binance futures",
        settings: { money_decimals: 8 },
      });

      // Nothing is bought a second time, nothing differs from what the venue has, and the stop is the same one.
      const again = await stoppedAfter(8_000, ...live);
      expect([again.code, fills(again.err)]).toEqual([0, 0]);
      expect(again.err).not.toMatch(/difference|halted|stray|unprotected/);
      const now = readAccount(journal);
      expect([now.difference, now.state.holds]).toEqual([null, []]);
      expect(now.state.orders.map(({ clientId }) => clientId)).toEqual(
        left.state.orders.map(({ clientId }) => clientId),
      );
      expect(now.counts.instants).toBeGreaterThan(left.counts.instants);
    } finally {
      await server.close();
    }
  },
);
