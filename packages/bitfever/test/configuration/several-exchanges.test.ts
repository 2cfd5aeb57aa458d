import { expect, it } from "vitest";
import { bf } from "../../src/cli/bf.js";
import { readAccount } from "../../src/trading/read-account.js";
import { run } from "../cli-run.js";
import { testFolder } from "./folder.js";
import { runUntil } from "./run-in.js";

/* One account in earnest at two exchanges: each strategy's orders go where its symbol is traded, and one journal has it all. */

const flip = `strategy "Flip" {
  enter long when close > open { size 10% of equity stop at close * 0.5 }
  exit long when close < open
}
`;

it("an account at two exchanges trades at both, and its journal replays", { timeout: 240_000 }, async () => {
  const { put, at } = testFolder();
  put("flip.bf", flip);
  const path = put(
    "account.yaml",
    `account: two exchanges
capital: 20000
journal: journal
exchanges:
  here: { venue: binance futures, api_key: "\${KEY_A}", secret: "\${SECRET_A}" }
  there: { venue: bybit linear, api_key: "\${KEY_B}", secret: "\${SECRET_B}" }
strategies:
  - { program: flip.bf, name: one, exchange: here, symbols: [BTCUSDT], interval: 1s }
  # Bybit makes no bars of a second.
  - { program: flip.bf, name: other, exchange: there, feed: here, symbols: [ETHUSDT], interval: 1s }
on_stop: cancel_entries
`,
  );
  const fills = (written: string, symbol: string): number =>
    written.split("\n").filter((line) => line.includes(symbol) && / (bought|sold) [\d.]+ at /.test(line))
      .length;
  const { code, out, err } = await runUntil(
    (written) => fills(written, "BTCUSDT") > 0 && fills(written, "ETHUSDT") > 0,
    ...["live", path, "--rehearse", "--yes", "--watch"],
  );
  expect(err).toContain("rehearsal: here is a venue server at http://127.0.0.1:");
  expect(err).toContain("rehearsal: there is a venue server at http://127.0.0.1:");
  expect(err).not.toMatch(/difference|halted|stray|unprotected/);
  expect(code).toBe(0);
  const venue = "binance futures and bybit linear (rehearsal)";
  expect(out).toContain(`two exchanges  live account, ${venue} venue`);

  const journal = at("journal");
  const told = await run(bf, "replay", journal);
  expect([told.code, told.err]).toEqual([0, ""]);
  expect(told.out).toContain("every decision is the one that was kept");
  const { setup, state } = readAccount(journal);
  expect(state.holds).toEqual([]);
  expect(setup).toMatchObject({
    venue,
    abilities: {
      bySymbol: { BTCUSDT: { name: "binance futures" }, ETHUSDT: { name: "bybit linear" } },
    },
  });
  const positions = state.seats.map(({ symbol, position }) => `${symbol},${position}`);
  const listed = put("positions.csv", ["symbol,quantity", ...positions, ""].join("\n"));
  const reconciled = await run(bf, "reconcile", journal, "--positions", listed);
  expect([reconciled.code, reconciled.err]).toEqual([0, ""]);
});
