import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { compile } from "bitfever";
import { examine } from "../packages/bitfever/src/configuration/examine.js";

/* The README's own words: its strategy compiles without a warning, its account and its program are right, its links lead somewhere. */

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(`${root}README.md`, "utf8");

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map((each) => each[1]);
}

describe("README", () => {
  it("has a strategy that compiles", () => {
    expect(blocks("bf")).toHaveLength(1);
    for (const text of blocks("bf")) expect(compile(text).program.name).toBe("Turtle");
  });

  it("has an account that is right but for the secrets", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bitfever-readme-"));
    try {
      writeFileSync(join(folder, "account.yaml"), blocks("yaml").join(""));
      writeFileSync(join(folder, "breakout.bf"), blocks("bf").join("").replace("on 1d", "on 1m"));
      const { problems, missing } = await examine(join(folder, "account.yaml"), {});
      expect(problems).toEqual([]);
      expect(missing).toHaveLength(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has a program that runs", async () => {
    const [block] = blocks("ts");
    const file = `${root}test/.readme-${process.pid}.ts`;
    writeFileSync(file, `${block.replace("examples/", `${root}examples/`)}\nexport {};\n`);
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    try {
      await import(/* @vite-ignore */ file);
      expect(log.mock.calls).toEqual([[expect.any(Number), expect.any(Number)]]);
    } finally {
      log.mockRestore();
      rmSync(file);
    }
  });

  it("links to files that are there", () => {
    const links = [...readme.matchAll(/\]\((?!http)([^)#]+)/g)].map((each) => each[1]);
    expect(links.length).toBeGreaterThan(10);
    for (const link of links) expect(() => readFileSync(`${root}${link}`), link).not.toThrow(/ENOENT/);
  });
});
