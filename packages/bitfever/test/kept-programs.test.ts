import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Program, Source } from "@bitfever/lang";
import { checkedProgram } from "../src/cli/checked-program.js";
import type { Io } from "../src/cli/io.js";
import { compileText } from "../src/compilation.js";
import { hashProgram } from "../src/hash.js";
import { keptPrograms, type KeptPrograms } from "../src/kept-programs.js";
import { fileModules } from "../src/modules.js";

const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));
const text =
  'strategy "Trend" { enter long when close > sma(close, 20) exit long when close < sma(close, 20) }';
const source = { name: "trend.bf", text };

let folder = "";
let build = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bitfever-programs-"));
  build = join(folder, "programs.cjs");
  writeFileSync(build, "the program");
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  vi.stubEnv("LOCALAPPDATA", join(folder, "cache"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

const kept = (): KeptPrograms => {
  const programs = keptPrograms(build);
  if (programs === undefined) throw new Error("nothing is kept");
  return programs;
};

/** A command whose world has kept programs and nothing else, and how often it kept one. */
function command(): { readonly io: Io; readonly times: () => number } {
  let times = 0;
  const { find, keep } = kept();
  const programs: KeptPrograms = {
    find,
    keep: (...given) => {
      times++;
      keep(...given);
    },
  };
  return { io: { programs } as Io, times: () => times };
}

function compiledAnew(given: Source): Program {
  const { program } = compileText(given, { findModule: fileModules });
  if (program === null) throw new Error(`${given.name} has errors`);
  return program;
}

describe("a program that was compiled before", () => {
  it("is found by its name and its text, and by nothing else", () => {
    const compilation = compileText(source);
    kept().keep(source, compilation);
    expect(kept().find(source)).toEqual(compilation);
    expect(kept().find({ ...source, name: "another.bf" })).toBeUndefined();
    expect(kept().find({ ...source, text: `${text}\n` })).toBeUndefined();
  });

  it("belongs to the build that compiled it", async () => {
    kept().keep(source, compileText(source));
    // The clock of files has steps of some milliseconds.
    await new Promise((resolve) => setTimeout(resolve, 50));
    writeFileSync(build, "The program");
    // Whoever sets the time back does not hide it.
    utimesSync(build, 0, 0);
    expect(kept().find(source)).toBeUndefined();
  });

  it("is the same after a stay on disk, for each example", () => {
    const names = readdirSync(examples, { recursive: true, encoding: "utf8" });
    const programs = names.filter((each) => each.endsWith(".bf"));
    expect(programs.length).toBeGreaterThan(100);
    for (const name of programs) {
      const example = { name, text: readFileSync(join(examples, name), "utf8") };
      const compilation = compileText(example);
      const { program } = compilation;
      if (program === null) throw new Error(`${name} has errors`);
      kept().keep(example, compilation);
      const found = kept().find(example);
      expect(found, name).toEqual(compilation);
      expect(hashProgram(found?.program ?? program), name).toBe(hashProgram(program));
    }
  });

  it("is compiled once, with its warnings each time", () => {
    const warned = { name: "warned.bf", text: text.replace("enter", "let unused = 1\n  enter") };
    const { io, times } = command();
    const [first, second] = [checkedProgram(io, warned), checkedProgram(io, warned)];
    expect(first.warnings).toHaveLength(1);
    expect(second).toEqual(first);
    expect(times()).toBe(1);
  });

  it("is compiled again where it imports or has errors", () => {
    const { io, times } = command();
    const importing = {
      name: join(folder, "main.bf"),
      text: `import "levels.bf" as levels\n${text.replace("> sma", "> levels.half() * sma")}`,
    };
    for (const factor of [2, 3]) {
      writeFileSync(join(folder, "levels.bf"), `pub fn half() = 1 / ${factor}`);
      const { program } = checkedProgram(io, importing, fileModules);
      expect(hashProgram(program)).toBe(hashProgram(compiledAnew(importing)));
    }
    for (let i = 0; i < 2; i++)
      expect(() => checkedProgram(io, { name: "wrong.bf", text: "strategy" })).toThrow("has errors");
    expect(times()).toBe(0);
  });

  it("is not kept by who does not want it", () => {
    vi.stubEnv("NODE_DISABLE_COMPILE_CACHE", "1");
    expect(keptPrograms(build)).toBeUndefined();
  });
});
