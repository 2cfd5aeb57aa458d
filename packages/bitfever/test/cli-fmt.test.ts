import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { bf } from "../src/cli/bf.js";
import type { CommandLine } from "../src/cli/main.js";
import { fmtCommand } from "../src/cli/commands/fmt.js";
import { run } from "./cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "bitfever-fmt-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const loose = 'strategy "A" { enter long when close>open { stop at low } }\r\n';
const neat = 'strategy "A" {\n  enter long when close > open { stop at low }\n}\n';
const broken = 'strategy "A" { let a close }\n';

const [loosePath, neatPath, brokenPath] = ["loose.bf", "neat.bf", "broken.bf"].map((name) =>
  join(folder, name),
);
beforeEach(() => {
  writeFileSync(loosePath, loose);
  writeFileSync(neatPath, neat);
  writeFileSync(brokenPath, broken);
});

describe("bf fmt", () => {
  it("formats files, lists what it changed, and leaves nothing unfinished behind", async () => {
    expect(await run(bf, "fmt", loosePath, neatPath)).toEqual({
      code: 0,
      out: `${loosePath}\n`,
      err: "2 files: 1 formatted\n",
    });
    expect(readFileSync(loosePath, "utf8")).toBe(neat);
    expect(readdirSync(folder).sort()).toEqual(["broken.bf", "loose.bf", "neat.bf"]);
  });

  it("--check changes nothing and exits with 1 if a file would change", async () => {
    const { code, out, err } = await run(bf, "fmt", "--check", loosePath, neatPath);
    expect({ code, out }).toEqual({ code: 1, out: `${loosePath}\n` });
    expect(err).toBe("2 files: 1 would change\n");
    expect(readFileSync(loosePath, "utf8")).toBe(loose);
    expect((await run(bf, "fmt", "--check", neatPath)).code).toBe(0);
  });

  it("shows the errors of a file that cannot be parsed, leaves it, and formats the others", async () => {
    const { code, out, err } = await run(bf, "fmt", brokenPath, loosePath);
    expect({ code, out }).toEqual({ code: 1, out: `${loosePath}\n` });
    expect(err).toMatch(/error BF1002[\s\S]*2 files: 1 formatted, 1 with errors\n$/);
    expect(readFileSync(brokenPath, "utf8")).toBe(broken);
  });

  it("writes behind a link", async () => {
    const link = join(folder, "link.bf");
    symlinkSync(loosePath, link);
    expect((await run(bf, "fmt", link)).code).toBe(0);
    expect(readFileSync(loosePath, "utf8")).toBe(neat);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    rmSync(link);
  });

  it("does not write over bytes that it cannot read", async () => {
    const bytes = Buffer.from(`// caf\xe9\n${loose}`, "latin1");
    writeFileSync(loosePath, bytes);
    const { code, err } = await run(bf, "fmt", loosePath);
    expect(err).toMatch(/BF5054/);
    expect(code).toBe(2);
    expect(readFileSync(loosePath)).toEqual(bytes);
  });

  const withInput =
    (text: string): CommandLine =>
    (io, done) =>
      fmtCommand(io, done, () => Promise.resolve(text));

  it.each([
    ["prints what comes on stdin", loose, ["--stdin"], 0, neat],
    ["says whether it would change", loose, ["--stdin", "--check"], 1, "stdin\n"],
    ["says nothing of what is as it should be", neat, ["--stdin", "--check"], 0, ""],
    ["prints nothing for errors", broken, ["--stdin"], 1, ""],
  ] as const)("--stdin %s", async (_title, input, args, code, out) => {
    expect(await run(withInput(input), ...args)).toMatchObject({ code, out });
  });

  it.each([
    ["no file", [], /BF5050/],
    ["files beside stdin", ["--stdin", neatPath], /BF5052/],
    ["a missing file", [join(folder, "nowhere.bf")], /BF5020/],
    ["an unknown option", ["--chek", neatPath], /unknown option/],
  ] as const)("refuses %s", async (_title, args, message) => {
    const ran = await run(bf, "fmt", ...args);
    expect(ran.err).toMatch(message);
    expect(ran.code).toBe(2);
  });
});
