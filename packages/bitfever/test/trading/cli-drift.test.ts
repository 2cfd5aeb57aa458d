import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileStore, Journal, readJournal } from "@bitfever/runtime";
import { bf } from "../../src/cli/bf.js";
import { run, type Ran } from "../cli-run.js";
import { barsCsv, cross, dip, walk } from "./made-up.js";

const folder = mkdtempSync(join(tmpdir(), "bitfever-drift-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const bars = walk("A", 120, 7);
const exact = ["--set", "tick=0.01", "--set", "lot=1", "--set", "money_decimals=2"];
let data = "";

const paper = (journal: string, ...more: readonly string[]): Promise<Ran> => {
  const files = [put("cross.bf", cross), put("dip.bf", dip)];
  return run(bf, "paper", ...files, "--data", data, ...exact, "--journal", join(folder, journal), ...more);
};

beforeAll(async () => {
  data = put("A.csv", barsCsv(bars));
  await paper("plain");
  const gates = put("gates.yaml", "- gate: max_order_quantity\n  most: 1\n");
  await paper("gated", "--gates", gates);
});

describe("bf drift", () => {
  it("finds nothing where paper trading was left alone", async () => {
    const { code, out, err } = await run(bf, "drift", join(folder, "plain"), "--bars", data);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^120 bars · live \S+ · shadow \S+ · difference 0\n/);
  });

  it("says what gates have cost, in text and as JSON", async () => {
    const { code, out } = await run(bf, "drift", join(folder, "gated"));
    expect(code).toBe(0);
    expect(out).toMatch(/reject +[+-][\d.]+ {2}orders that the venue or a gate refused/);
    await run(bf, "drift", join(folder, "gated"), "--json", join(folder, "drift.json"));
    const report = JSON.parse(readFileSync(join(folder, "drift.json"), "utf8")) as {
      schema: string;
      difference: number;
      causes: Record<string, number>;
    };
    expect(report.schema).toBe("bitfever/drift@1");
    expect(report.causes["reject"]).toBe(report.difference);
    expect(report.difference).not.toBe(0);
  });

  it("compares with bars that are given", async () => {
    const lines = barsCsv(bars).trim().split("\n");
    const more = put("more.csv", `${lines.slice(0, 60).join("\n")}\n`);
    const { out } = await run(bf, "drift", join(folder, "plain"), "--bars", `A=${more}`);
    expect(out).toMatch(/of A was extra/);
    expect(out).toMatch(/data +[+-]\d/);
  });

  it("refuses a journal that other gates would have decided", async () => {
    const kept = readJournal(fileStore(join(folder, "plain")));
    const changed = Journal.open(fileStore(join(folder, "changed")), { create: kept.id });
    for (const { body } of kept.records()) {
      const { setup } = body as { setup?: object };
      const gates = [{ gate: "max_order_quantity", most: 1 }];
      changed.append(setup === undefined ? body : { setup: { ...setup, gates } });
    }
    changed.close();
    const { code, out, err } = await run(bf, "drift", join(folder, "changed"));
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/error BF5192: turn \d+ of the journal is decided otherwise/);
  });

  it("refuses what is no journal", async () => {
    const { code, err } = await run(bf, "drift", join(folder, "nothing"));
    expect(code).toBe(2);
    expect(err).toContain("BF5160");
  });
});
