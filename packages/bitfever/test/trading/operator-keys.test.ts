import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readAccount } from "../../src/index.js";
import { bf } from "../../src/cli/bf.js";
import { main } from "../../src/cli/main.js";
import { run } from "../cli-run.js";
import { barsCsv, cross, walk } from "./made-up.js";

/* Keys that are pressed while somebody watches an account. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-keys-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const strategy = put("cross.bf", cross);
const data = put("A.csv", barsCsv(walk("A", 120, 7)));

/** Watches an account on which keys are pressed behind so many bars. */
async function watched(journal: string, pressed: Readonly<Record<number, string>>) {
  let [err, out, waits, isListening] = ["", "", 0, false];
  let hear = (_key: string): void => undefined;
  const io = {
    ...{ isTerminal: true, color: false, signal: new AbortController().signal },
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    clock: {
      now: () => waits * 1_000,
      wait: () => {
        for (const key of pressed[waits++] ?? "") hear(key);
        return Promise.resolve();
      },
    },
    keys: (told: (key: string) => void) => {
      hear = told;
      isListening = true;
      return () => void (isListening = false);
    },
  };
  const args = ["paper", strategy, "--data", data, "--speed", "900", "--journal", journal];
  const code = await main(io, args, bf);
  expect([code, isListening]).toEqual([0, false]);
  return { err, out };
}

describe("the keys of the live view", () => {
  it("pause, resume, reduce and halt, are said in the view, and kept in the journal", async () => {
    const journal = join(folder, "kept");
    const { err } = await watched(journal, { 30: "p", 50: "p", 60: "r", 70: "p", 80: "h" });
    for (const each of ["operator: pause", "operator: resume", "operator: reduce", "operator: halt"])
      expect(err).toContain(each);
    expect(err).toContain("paused: Cross");
    expect(err).toContain("p pauses · r reduces · h halts · k kills · f flattens · q quits");
    expect(err).toContain("p resumes");
    expect(err).toContain("asked for by hand");
    const { difference, state } = readAccount(journal);
    expect(difference).toBeNull();
    expect(state.state).toBe("halted");
    expect((await run(bf, "replay", journal)).code).toBe(0);
  });

  it("kill and flatten only behind a second key", async () => {
    const journal = join(folder, "asked");
    const { err } = await watched(journal, { 30: "fn", 40: "kx", 50: "fy", 70: "ky" });
    expect(err).toContain("flatten: close all positions at the market? y does it");
    const told = [...err.matchAll(/Z {2}operator: (\w+)/g)].map(([, what]) => what);
    expect([...new Set(told)]).toEqual(["flatten", "kill"]);
    expect(readAccount(journal).state.state).toBe("halted");
  });

  it("quit as Ctrl-C does, and do nothing else before the first bar", async () => {
    const journal = join(folder, "quit");
    const { out } = await watched(journal, { 40: "q" });
    expect(out).toContain("stopped; kept in");
    const stopped = readAccount(journal).counts.instants;
    expect(stopped).toBeGreaterThan(30);
    expect(stopped).toBeLessThan(60);
    await watched(journal, { 3: "\u0003" });
    await watched(journal, {});
    expect(readAccount(journal).counts.instants).toBe(120);
  });
});
