import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readAccount } from "../../src/trading/read-account.js";
import { bf } from "../../src/cli/bf.js";
import { run } from "../cli-run.js";
import { testFolder } from "./folder.js";
import { runUntil } from "./run-in.js";

/* The account of examples/live: one file, one command, over the protocol of an exchange. */

const example = fileURLToPath(new URL("../../../../examples/live/account.yaml", import.meta.url));
const fills = (written: string): number => written.match(/ (bought|sold) [\d.]+ at /g)?.length ?? 0;

describe.each(["paper", "live"])("bf %s of the example", (kind) => {
  it(
    "trades at a venue server of its own, ends as it should, and its journal replays",
    { timeout: 240_000 },
    async () => {
      const { at } = testFolder();
      const journal = at("journal");
      const asked = [kind, example, "--rehearse", "--watch", "--journal", journal];
      const { code, out, err } = await runUntil(
        (written) => fills(written) >= 2,
        ...asked,
        ...(kind === "live" ? ["--yes"] : []),
      );
      expect(err).toMatch(/^rehearsal: main is a venue server at http:\/\/127\.0\.0\.1:\d+; no money moves/);
      expect(code).toBe(0);
      // It was warmed up with the past, whose entries were refused: nobody is told of each.
      expect(err).not.toContain("refused");
      expect(out).toMatch(/stale_signal +each account +[1-9]/);
      const venue = kind === "live" ? "binance futures (rehearsal) venue" : "simulated venue";
      expect(out).toContain(`rehearsal  ${kind} account, ${venue}`);
      expect(out).toContain(`stopped; kept in ${journal}`);

      const told = await run(bf, "replay", journal);
      expect([told.code, told.err]).toEqual([0, ""]);
      expect(told.out).toContain("every decision is the one that was kept");
      const { setup, counts, state } = readAccount(journal);
      expect(counts.fills).toBeGreaterThanOrEqual(2);
      expect([setup.kind, setup.venue]).toEqual([
        kind,
        kind === "live" ? "binance futures (rehearsal)" : "simulated",
      ]);
      // What the exchange counts in, and no more: the program and its past say the rest.
      expect(setup.instruments["BTCUSDT"]).toMatchObject({ tick: 0.01, lot: 0.00001 });
      expect(state.holds).toEqual([]);
      expect(JSON.stringify(setup)).not.toMatch(/secret-of-the-server|key-of-the-server/);

      const again = await run(bf, ...asked, ...(kind === "live" ? ["--yes"] : []));
      expect([again.code, again.err]).toEqual([2, expect.stringContaining("BF5321")]);
    },
  );
});
