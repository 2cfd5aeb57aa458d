import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { backtest, compile, parseSettings, readBars } from "bitfever";

/*
 * What each example does on the bundled sample is pinned in its `report.json`: a change of a number is a decision.
 * After looking at the difference, `npx vitest run test/examples.test.ts -u` writes the new ones.
 */

const folder = fileURLToPath(new URL("../examples", import.meta.url));
const names = readdirSync(folder, { withFileTypes: true })
  .filter((each) => existsSync(`${folder}/${each.name}/strategy.bf`))
  .map((each) => each.name);

const sampleOf = (program: string): { files: readonly string[]; settings: Record<string, string> } => {
  if (program.includes("on 15m"))
    return { files: ["SYNTHETIC-15m.csv"], settings: { zone: "America/New_York" } };
  if (!/^ *universe/m.test(program)) return { files: ["SYNTHETIC-1d.csv"], settings: {} };
  const members = readdirSync(`${folder}/data/SYNTHETIC-universe`).sort();
  return { files: members.map((each) => `SYNTHETIC-universe/${each}`), settings: {} };
};

describe("examples", () => {
  it("are at least six", () => {
    expect(names.length).toBeGreaterThanOrEqual(6);
  });

  it.each(names)("%s", async (name) => {
    const text = readFileSync(`${folder}/${name}/strategy.bf`, "utf8");
    expect(readFileSync(`${folder}/${name}/README.md`, "utf8").length).toBeGreaterThan(200);
    const { files, settings } = sampleOf(text);
    const bars = await Promise.all(files.map((each) => readBars(`${folder}/data/${each}`)));
    const index = await readBars(`${folder}/data/SYNTHETIC-index-1d.csv`);
    const { result } = await backtest(compile({ name: `${name}/strategy.bf`, text }), bars, {
      settings: parseSettings(settings),
      markets: { INDEX: index },
    });
    expect(result.trades.length).toBeGreaterThan(5);
    await expect(`${JSON.stringify(result, null, 2)}\n`).toMatchFileSnapshot(`${folder}/${name}/report.json`);
  });
});
