import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "@bitfever/engine";
import { compile, messages } from "@bitfever/lang";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { bfCompile } from "../src/cli/bf-compile.js";
import { fixSource } from "../src/cli/fix-source.js";
import { unifiedDiff } from "../src/cli/unified-diff.js";
import { run } from "./cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "bitfever-fix-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const wrong = `strategy "Fixable" {
  let a = smaa(close, 20)
  let c = close + 2% + smma(open, 3)
  enter long when close > a && open > 2 { stop at low }
  exit when cloose < a or c > 2 or nothing_like_this > 1
}
`;
const right = `strategy "Fixable" {
  let a = sma(close, 20)
  let c = close * (1 + 2%) + sma(open, 3)
  enter long when close > a and open > 2 { stop at low }
  exit when close < a or c > 2 or nothing_like_this > 1
}
`;
const path = join(folder, "wrong.bf");
beforeEach(() => {
  writeFileSync(path, wrong);
});

describe("bf-compile --fix", () => {
  it("writes the file, and prints what was fixed and what remains", async () => {
    const { code, out, err } = await run(bfCompile, "--fix", path);
    expect(readFileSync(path, "utf8")).toBe(right);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.match(/^fixed .*/gm)?.sort()).toEqual([
      `fixed BF1005: ${path}:4:29 write \`and\``,
      `fixed BF2001: ${path}:5:13 did you mean \`close\`?`,
      `fixed BF2004: ${path}:2:11 did you mean \`sma\`?`,
      `fixed BF2004: ${path}:3:24 did you mean \`sma\`?`,
      `fixed BF2007: ${path}:3:11 scale it instead: \`close * (1 + 2%)\``,
    ]);
    expect(err).toMatch(/error BF2001: .*nothing_like_this[\s\S]*1 file checked: 1 error, 0 warnings\n$/);
  });

  it("changes nothing the second time", async () => {
    await run(bfCompile, "--fix", path);
    const { err } = await run(bfCompile, "--fix", path);
    expect(err).not.toMatch(/^fixed/m);
    expect(readFileSync(path, "utf8")).toBe(right);
  });

  it("--dry-run prints a difference instead", async () => {
    const { code, out } = await run(bfCompile, "--fix", "--dry-run", path);
    expect(code).toBe(1);
    expect(out).toBe(unifiedDiff(path, wrong, right));
    expect(readFileSync(path, "utf8")).toBe(wrong);
  });

  it("goes on with --emit once the errors are fixed", async () => {
    writeFileSync(path, wrong.replace(" or nothing_like_this > 1", ""));
    const { code, out } = await run(bfCompile, "--fix", path, "--emit", "js", "-o", "-");
    expect(code).toBe(0);
    expect(out).toMatch(/defineStrategy/);
  });

  it.each([
    ["--dry-run alone", ["--dry-run", path], /BF5053/],
    ["two places for JSON and a difference", ["--fix", "--dry-run", "--json", path], /cannot be used with/],
    ["two formats", ["--json", "--format", "text", path], /cannot be used with/],
    ["an unknown format", ["--format", "xml", path], /Allowed choices are text, json, sarif/],
  ] as const)("refuses %s", async (_title, args, message) => {
    const ran = await run(bfCompile, ...args);
    expect(ran.err).toMatch(message);
    expect(ran.code).toBe(2);
  });

  it("finds what a program imports beside it", async () => {
    writeFileSync(join(folder, "mine.bf"), "pub fn twice(x: number) = x * 2\n");
    writeFileSync(
      path,
      `import "mine.bf" as mine\nstrategy "A" { enter long when close > open && mine.twice(2) > 3 { stop at low } exit when close < open }\n`,
    );
    const { code, err } = await run(bfCompile, "--fix", path);
    expect(err).toMatch(/^fixed BF1005.*\n1 file checked: 0 errors, 0 warnings\n$/);
    expect(code).toBe(0);
  });

  it("fixes fixes that lie in each other one after the other", () => {
    const nested =
      'strategy "A" { enter long when close > (open + 2%) + 3% { stop at low } exit when close < open }';
    const { source, fixed } = fixSource({ name: "nested.bf", text: nested });
    expect(source.text).toContain("close > (open * (1 + 2%)) * (1 + 3%)");
    expect(fixed.map(({ code }) => code)).toEqual(["BF2007", "BF2007"]);
  });
});

describe("the wrong program of a message", () => {
  const seen = (text: string) => compile({ name: "wrong.bf", text }, catalogue).diagnostics;
  const fixable = Object.entries(messages).filter(([, each]) => seen(each.wrong).some(({ fix }) => fix));

  it.each(fixable)("%s is fixed as far as it can be", (code, { wrong: text }) => {
    const { source, fixed } = fixSource({ name: "wrong.bf", text });
    const remaining = seen(source.text);
    expect(fixed.map((each) => each.code)).toContain(code);
    expect(remaining.filter(({ fix }) => fix)).toEqual([]);
    expect(remaining.length).toBeLessThan(seen(text).length);
  });
});

describe("a unified difference", () => {
  it("shows what changed with three lines around it", () => {
    const before = Array.from({ length: 30 }, (_, i) => `line ${i + 1}\n`);
    const after = before.with(4, "changed\n").toSpliced(20, 1).concat("the end");
    expect(unifiedDiff("a.bf", before.join(""), after.join(""))).toMatchInlineSnapshot(`
      "--- a.bf
      +++ a.bf
      @@ -2,7 +2,7 @@
       line 2
       line 3
       line 4
      -line 5
      +changed
       line 6
       line 7
       line 8
      @@ -18,7 +18,6 @@
       line 18
       line 19
       line 20
      -line 21
       line 22
       line 23
       line 24
      @@ -28,3 +27,4 @@
       line 28
       line 29
       line 30
      +the end
      \\ No newline at end of file
      "
    `);
  });

  it("is empty for equal texts", () => {
    expect(unifiedDiff("a.bf", "x\n", "x\n")).toBe("");
  });

  /** What `patch` does. */
  function patched(before: string, diff: string): string {
    const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const result: string[] = [];
    let at = 0;
    for (const hunk of diff.split(/^(?=@@ )/m).slice(1)) {
      const [head, ...body] = hunk.split(/(?<=\n)/);
      const [, start, count] = (/^@@ -(\d+),(\d+) /.exec(head) ?? []).map(Number);
      const from = count === 0 ? start : start - 1;
      result.push(...lines.slice(at, from));
      at = from;
      body.forEach((each, i) => {
        if (each.startsWith("\\")) return;
        const text = body[i + 1]?.startsWith("\\") ? each.slice(1, -1) : each.slice(1);
        if (!each.startsWith("+")) expect(lines[at++]).toBe(text);
        if (!each.startsWith("-")) result.push(text);
      });
    }
    return [...result, ...lines.slice(at)].join("");
  }

  it("leads from one text to the other", () => {
    const text = fc
      .tuple(
        fc.array(fc.constantFrom("a\n", "b\n", "c\n", "\n"), { maxLength: 25 }),
        fc.constantFrom("", "a", "b"),
      )
      .map(([lines, last]) => lines.join("") + last);
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(patched(before, unifiedDiff("a.bf", before, after))).toBe(after);
      }),
      { seed: 20260719, numRuns: 500 },
    );
  });
});
