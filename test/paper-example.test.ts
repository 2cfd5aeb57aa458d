import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chdir, cwd, pid } from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readAccount } from "bitfever";
import { bf } from "../packages/bitfever/src/cli/bf.js";
import { main } from "../packages/bitfever/src/cli/main.js";

/* The command of examples/paper, as its README and docs/paper.md have it, without waiting. */

const root = fileURLToPath(new URL("..", import.meta.url));
const before = cwd();
const folder = mkdtempSync(join(tmpdir(), "bitfever-paper-"));
beforeAll(() => {
  chdir(root);
});
afterAll(() => {
  chdir(before);
  rmSync(folder, { recursive: true });
});

/** The commands of a page, each as its words. */
const commandsOf = (page: string): string[][] =>
  [...readFileSync(`${root}${page}`, "utf8").matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) =>
    block
      .replaceAll("\\\n", " ")
      .trim()
      .split("\n")
      .filter((line) => line.startsWith("npx bf "))
      .map((line) => line.replace("npx bf ", "").trim().split(/\s+/)),
  );

/** Runs one in the folder of this test; stops after so many waits. */
async function runCommand(words: readonly string[], mostWaits = Infinity) {
  const stop = new AbortController();
  let [out, err, now, waits] = ["", "", 0, 0];
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    ...{ isTerminal: true, color: false, signal: stop.signal, size: () => ({ columns: 120, rows: 50 }) },
    clock: {
      now: () => now,
      wait: (ms: number) => {
        now += ms;
        if (++waits === mostWaits) stop.abort();
        return Promise.resolve();
      },
    },
  };
  const args = words.map((word) => (word.endsWith("-account") ? join(folder, word) : word));
  const code = await main(io, args, bf);
  return { code, out, err, now, waits };
}

describe("examples/paper", () => {
  it("shows an account at 1,000 times the speed of the market, and goes on", async () => {
    const [paper, replay, reconcile] = commandsOf("examples/paper/README.md");
    expect(paper.slice(-2)).toEqual(["--speed", "1000"]);
    const first = await runCommand(paper, 400);
    expect(first.code).toBe(0);
    expect(first.now).toBeCloseTo(400 * 900, 3);
    expect(first.out).toMatch(/400 instants told; \d+ orders, \d+ fills/);
    for (const words of [
      "Breakout",
      "Reversion",
      "SYNTHETIC-15m",
      "drawdown",
      "1000 times the speed of the market",
    ])
      expect(first.err).toContain(words);
    const second = await runCommand(paper, 100);
    expect(second.out).toMatch(/100 instants told, 400 kept already/);
    const told = await runCommand(replay);
    expect([told.code, told.out]).toEqual([
      0,
      expect.stringContaining("every decision is the one that was kept"),
    ]);
    const held = await runCommand(reconcile);
    expect([held.code, held.out]).toEqual([0, expect.stringContaining("cash of Breakout on SYNTHETIC-15m")]);
  });

  it("is in docs/paper.md, whose commands are all understood", async () => {
    const commands = commandsOf("docs/paper.md");
    expect(commands.length).toBeGreaterThanOrEqual(4);
    expect(new Set(commands.map(([name]) => name))).toEqual(
      new Set(["paper", "replay", "reconcile", "live"]),
    );
    for (const words of commands) {
      const { code, err } = await runCommand(words, 50);
      expect(err.replaceAll(/^.*(?:data|no bars since).*\n/gm, ""), words.join(" ")).not.toMatch(/error BF/);
      expect(code, words.join(" ")).toBe(0);
    }
  });

  it("is in docs/paper.md in code, which runs", async () => {
    const [, block] = /^```ts\n(.*?)^```/ms.exec(readFileSync(`${root}docs/paper.md`, "utf8")) ?? [];
    const file = `${root}test/.paper-${pid}.ts`;
    const journal = join(folder, "my-account");
    writeFileSync(file, `${block?.replace('"my-account"', JSON.stringify(journal))}\nexport {};\n`);
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    try {
      await import(/* @vite-ignore */ file);
      expect(log.mock.calls.length).toBeGreaterThan(5);
      expect(log.mock.calls.at(-1)).toEqual([readAccount(journal).state.equity]);
    } finally {
      log.mockRestore();
      rmSync(file);
    }
  });
});
