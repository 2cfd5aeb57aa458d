import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { backtest, compile, parseSettings, readBars } from "bitfever";

/*
 * What each example does on the bundled sample is pinned in its `report.json`: a change of a number is a decision.
 * After looking at the difference, `npx vitest run test/examples.test.ts -u` writes the new ones.
 */

const folder = fileURLToPath(new URL("../examples", import.meta.url));
const names = readdirSync(folder, { withFileTypes: true })
  .filter((each) => each.isDirectory() && each.name !== "data" && each.name !== "tradingview")
  .map((each) => each.name);

const sampleOf = (program: string): { file: string; settings: Record<string, string> } =>
  program.includes("on 15m")
    ? { file: "SYNTHETIC-15m.csv", settings: { zone: "America/New_York" } }
    : { file: "SYNTHETIC-1d.csv", settings: {} };

describe("examples", () => {
  it("are at least six", () => {
    expect(names.length).toBeGreaterThanOrEqual(6);
  });

  it.each(names)("%s", async (name) => {
    const text = readFileSync(`${folder}/${name}/strategy.bf`, "utf8");
    expect(readFileSync(`${folder}/${name}/README.md`, "utf8").length).toBeGreaterThan(200);
    const { file, settings } = sampleOf(text);
    const bars = await readBars(`${folder}/data/${file}`);
    const { result } = await backtest(compile({ name: `${name}/strategy.bf`, text }), bars, {
      settings: parseSettings(settings),
    });
    expect(result.trades.length).toBeGreaterThan(5);
    await expect(`${JSON.stringify(result, null, 2)}\n`).toMatchFileSnapshot(`${folder}/${name}/report.json`);
  });
});
