import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomOf } from "@bitfever/engine";
import { KillingWorld, type End } from "./killing-world.js";

/*
 * Real processes, real files, and SIGKILL. `KILLS` says how often; the usual number is that of the ordinary test run.
 */

const kills = Number(process.env["KILLS"] ?? 200);
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bitfever-killed-"));
const program = join(folder, "trading-process.mjs");

beforeAll(async () => {
  await build({
    ...{ entryPoints: [path("./trading-process.ts")], outfile: program, bundle: true },
    ...{ platform: "node", format: "esm", target: "node20", logLevel: "error" },
    alias: {
      "@bitfever/lang": path("../../../lang/src/index.ts"),
      "@bitfever/engine": path("../../../engine/src/index.ts"),
      "lodash-es": path("../../../lang/src/plain-lodash.ts"),
    },
  });
});

/** While it starts, or at work. */
const randomEnd = (random: () => number): End =>
  random() < 0.4
    ? { afterMs: 20 + random() * 200, from: "begin" }
    : { afterMs: random() * 150, from: "ready" };

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a trading process that is killed", { timeout: 60_000 + kills * 3_000 }, () => {
  it("loses and doubles nothing, wherever that is", async () => {
    const seed = Number(process.env["KILL_SEED"] ?? 20261130);
    const random = randomOf(seed);
    const world = new KillingWorld(program, join(folder, "journal"), seed);
    // At every place of a life once, one life after the other; then at any time.
    const places = Math.floor(kills / 2);
    for (let i = 1; i <= kills; i++) await world.live(i <= places ? { at: i } : randomEnd(random));
    await world.live(null);
    expect(world.problems).toEqual([]);
    expect(world.tally).toMatchObject({ killed: kills, reached: places });
    expect(world.tally.trades).toBeGreaterThan(kills / 4);
    expect(world.tally.torn + world.tally.changed).toBeGreaterThan(kills / 20);
  });

  it.each(["never syncs", "sends under new ids"] as const)("is found out where it %s", async (mistake) => {
    const world = new KillingWorld(program, join(folder, mistake), 7, mistake);
    for (let i = 0; i < 8; i++) await world.live({ at: 80 + 13 * i });
    await world.live(null);
    expect(world.problems.join("\n")).toMatch(/was sent and not kept/);
  });
});
