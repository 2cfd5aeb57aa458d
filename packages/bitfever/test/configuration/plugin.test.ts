import { describe, expect, it } from "vitest";
import { bf } from "../../src/cli/bf.js";
import { examine } from "../../src/configuration/examine.js";
import { loadPlugin } from "../../src/configuration/plugin.js";
import { ownPartsOfJournal } from "../../src/configuration/plugins-of-journal.js";
import { readAccount } from "../../src/trading/read-account.js";
import { run } from "../cli-run.js";
import { codeOf } from "../code-of.js";
import { account, testFolder, up, type TestFolder } from "./folder.js";

const schema = "{ safeParse: (data) => ({ success: true, data }) }";

function install(
  { put }: TestFolder,
  name: string,
  code: string,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const about = { name, version: "1.2.3", type: "module", main: "index.js", ...more };
  put(`node_modules/${name}/package.json`, JSON.stringify(about));
  put(`node_modules/${name}/index.js`, code);
}

describe("a plug-in", () => {
  it("is a package beside the configuration, of ESM, of CommonJS, or for import alone", () => {
    const folder = testFolder();
    const body = `{ services: [{ name: "horn", summary: "Blows.", schema: ${schema}, make: () => ({}) }] }`;
    install(folder, "horn-esm", `export default ${body};`);
    install(folder, "@me/horn-cjs", `module.exports = ${body};`, { type: "commonjs" });
    install(folder, "horn-import", `export default ${body};`, { exports: { ".": { import: "./index.js" } } });
    for (const name of ["horn-esm", "@me/horn-cjs", "horn-import"]) {
      const { version, plugin } = loadPlugin(name, folder.at(""));
      expect([name, version, plugin.services?.map((each) => each.name)]).toEqual([name, "1.2.3", ["horn"]]);
    }
  });

  it.each([
    ["export default 5;", "BF5204", /its default export is no object/],
    ["export default {};", "BF5204", /its default export is empty/],
    ["export default { venue: [] };", "BF5204", /`venue` is nothing that a plug-in has/],
    ["export default { gates: {} };", "BF5204", /`gates` is no list/],
    ["export default { feeds: [{ name: 'x', schema: {} }] };", "BF5204", /`feeds\[1\]` has no `open`/],
    ["export default {", "BF5203", /cannot be loaded/],
    ["await new Promise(() => {}); export default {};", "BF5203", /cannot be loaded/],
  ])("is refused where it is %s", (code, expected, text) => {
    const folder = testFolder();
    install(folder, "wrong", code);
    expect(() => loadPlugin("wrong", folder.at(""))).toThrow(text);
    return expect(codeOf(() => loadPlugin("wrong", folder.at("")))).resolves.toBe(expected);
  });

  it("that is not installed says how it is", async () => {
    const folder = testFolder();
    expect(await codeOf(() => loadPlugin("absent", folder.at("")))).toBe("BF5203");
  });

  it("brings venues, feeds, services and gates that a configuration can name", async () => {
    const folder = testFolder();
    install(
      folder,
      "everything",
      `export default {
        venues: [{ name: "moon", summary: "Far.", capabilities: { orders: ["market"] }, schema: ${schema}, open() {} }],
        feeds: [{ name: "tape", summary: "Old.", schema: ${schema}, open() {} }],
        services: [{ name: "horn", summary: "Blows.", schema: ${schema}, make() {} }],
        gates: [{ name: "weekdays", code: "weekend", summary: "No.", unit: "number", per: ["account"], lasts: "resume",
          example: { most: 1 }, read: () => ({ of: "entry", check: () => null }) }],
      };`,
    );
    folder.put("up.bf", up);
    const text = `plugins: [everything]
services: { horn: { loud: true } }
gates: [{ gate: weekdays, most: 1 }]
feeds: { tape: { kind: tape } }
${account.replace("binance futures", "moon").replace("    symbols", "    feed: tape\n    symbols")}`;
    const { problems, ready } = await examine(folder.put("account.yaml", text), {});
    expect(problems).toEqual([]);
    expect(ready?.plugins.map(({ name, version }) => [name, version])).toEqual([["everything", "1.2.3"]]);
    expect(ready?.gates).toEqual([{ gate: "weekdays", most: 1 }]);
  });

  it("cannot take a name that is there", async () => {
    const folder = testFolder();
    install(
      folder,
      "greedy",
      `export default { venues: [{ name: "binance spot", capabilities: {}, schema: ${schema}, open() {} }] };`,
    );
    folder.put("up.bf", up);
    const { problems } = await examine(folder.put("account.yaml", `plugins: [greedy]\n${account}`), {});
    expect(problems.map(({ code, text }) => [code, text])).toEqual([
      ["BF5204", expect.stringContaining("brings `binance spot`, and that is there already")],
    ]);
  });
});

it("an account with gates and indicators of a plug-in is told again with them", async () => {
  const folder = testFolder();
  install(
    folder,
    "parts",
    `export default {
      gates: [{ name: "never", code: "never_so", summary: "Refuses all.", unit: "number", per: ["account"], lasts: "resume",
        example: { most: 0 }, read: () => ({ of: "entry", check: () => ({ asked: 1, allowed: 0, text: "never" }) }) }],
      indicators: [{
        name: "doubled_close", summary: "Twice.", description: "Twice the source.", source: "None", formula: "2x",
        fields: [], memory: "none", seeding: "None.", gaps: "skip", cost: "constant",
        inputs: [{ name: "source", type: "same" }], parameters: [], outputs: [{ name: "value", type: "same" }],
        warmup: () => 0, lookback: () => 0, start: () => ({}),
        advance(state, parameters, [source], [out], from, to) { for (let i = from; i < to; i++) out[i] = 2 * source[i]; },
        examples: [],
      }],
    };`,
  );
  folder.put(
    "up.bf",
    'strategy "Up" on 1m { enter long when doubled_close(close) > 2 * open { unprotected } }',
  );
  const rows = Array.from({ length: 20 }, (_, i) => `2024-01-02T00:${String(i + 10)}:00Z,100,103,97,102,5`);
  const data = folder.put("BTCUSDT.csv", ["time,open,high,low,close,volume", ...rows, ""].join("\n"));
  const path = folder.put(
    "account.yaml",
    `plugins: [parts]\njournal: journal\ngates: [{ gate: never, most: 0 }]\n${account}`,
  );
  const traded = await run(bf, "paper", path, "--data", data);
  expect([traded.code, traded.err]).toEqual([0, ""]);
  expect(traded.out).toMatch(/0 orders, 0 fills, [1-9]\d* refused by gates/);
  // The current folder has no such package.
  const without = await run(bf, "replay", folder.at("journal"));
  expect([without.code, without.err]).toEqual([2, expect.stringContaining("BF5203")]);
  const own = await ownPartsOfJournal(folder.at("journal"), folder.at(""));
  const { difference, counts } = readAccount(folder.at("journal"), 0, own);
  expect([difference, Object.keys(counts.refused)]).toEqual([null, ["never_so"]]);
});
