import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { requireCompiled } from "../src/compiled-script.js";
import { keepFile, keptFile } from "../src/kept-file.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bitfever-kept-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

describe("a kept file", () => {
  it("gives back what was kept, in a folder that was not there", () => {
    const file = join(folder, "a", "b", "kept.bin");
    keepFile(file, Buffer.from("compiled"), 8);
    expect(keptFile(file)?.toString()).toBe("compiled");
    expect(readdirSync(join(folder, "a", "b"))).toEqual(["kept.bin"]);
  });

  it.each([
    ["absent", undefined],
    ["empty", ""],
    ["cut short", "cut"],
    ["changed", "change"],
  ])("that is %s is none", (_title, damage) => {
    const file = join(folder, "kept.bin");
    if (damage !== undefined) {
      keepFile(file, Buffer.from("compiled"), 8);
      const whole = readFileSync(file);
      if (damage === "change") whole[6] ^= 1;
      writeFileSync(file, damage === "" ? "" : damage === "cut" ? whole.subarray(0, 7) : whole);
    }
    expect(keptFile(file)).toBeUndefined();
  });

  it("is not kept where nothing can be written, and nobody hears of it", () => {
    const file = join(folder, "file");
    writeFileSync(file, "no folder");
    keepFile(join(file, "kept.bin"), Buffer.from("compiled"), 8);
    expect(readFileSync(file, "utf8")).toBe("no folder");
  });

  it("is one of the newest", () => {
    for (let i = 0; i < 12; i++) {
      keepFile(join(folder, `${i}.bin`), Buffer.from("compiled"), 8);
      utimesSync(join(folder, `${i}.bin`), i, i);
    }
    keepFile(join(folder, "last.bin"), Buffer.from("compiled"), 8);
    const newest = ["5", "6", "7", "8", "9", "10", "11", "last"].map((name) => `${name}.bin`);
    expect(readdirSync(folder).sort()).toEqual(newest.sort());
  });
});

describe("a compiled script", () => {
  /** The exports, and what is done when the process ends; undefined where there is nothing to keep. */
  const load = (
    text = 'exports.sum = (a, b) => a + b; exports.name = require("node:path").basename(__filename);',
  ) => {
    const file = join(folder, "script.cjs");
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
    const before = process.listeners("exit");
    const exports = requireCompiled(file, "test") as { sum: (a: number, b: number) => number; name: string };
    const [atEnd] = process.listeners("exit").filter((each) => !before.includes(each));
    if (atEnd !== undefined) process.removeListener("exit", atEnd);
    return { exports, end: atEnd as ((code: number) => void) | undefined };
  };
  const kept = join("bitfever", "compiled");
  const cache = (): string => join(folder, "cache", kept);

  beforeEach(() => {
    vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
    vi.stubEnv("LOCALAPPDATA", join(folder, "cache"));
  });

  it("is the module it was, and is compiled once", () => {
    const first = load();
    first.end?.(0);
    expect(readdirSync(cache())).toHaveLength(1);
    const second = load();
    expect(second.end).toBeUndefined();
    for (const { exports } of [first, second])
      expect([exports.sum(1, 2), exports.name]).toEqual([3, "script.cjs"]);
  });

  it("of another text is another, also of the same length", async () => {
    load("exports.sum = (a, b) => a + b;").end?.(0);
    // The clock of files has steps of some milliseconds.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { exports, end } = load("exports.sum = (a, b) => a - b;");
    expect(exports.sum(1, 2)).toBe(-1);
    expect(end).toBeDefined();
  });

  it("that V8 does not take is compiled anew", () => {
    load().end?.(0);
    const [name] = readdirSync(cache());
    keepFile(join(cache(), name), Buffer.from("of another V8"), 8);
    const { exports, end } = load();
    expect(exports.sum(1, 2)).toBe(3);
    end?.(0);
    expect(load().end).toBeUndefined();
  });

  it("is kept by no command that fails, and by nobody who does not want it", () => {
    load().end?.(2);
    expect(() => readdirSync(cache())).toThrow("ENOENT");
    vi.stubEnv("NODE_DISABLE_COMPILE_CACHE", "1");
    expect(load().end).toBeUndefined();
  });

  it("needs no folder it can write", () => {
    mkdirSync(join(folder, "cache"));
    writeFileSync(join(folder, "cache", "bitfever"), "a file");
    const { exports, end } = load();
    end?.(0);
    expect(exports.sum(1, 2)).toBe(3);
  });
});
