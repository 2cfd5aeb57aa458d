import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/*
 * The repository in examples/ci as a CI system meets it: a fresh clone, in which the shell steps of its workflows run. Of what they call
 * only `npm ci` and `npx` are ours: the packages are linked instead of fetched, since what is tested is not published yet.
 */

const repository = fileURLToPath(new URL("../../../..", import.meta.url));
const built = join(repository, "packages/bitfever");
const folder = mkdtempSync(join(tmpdir(), "bitfever-ci-"));
const origin = join(folder, "origin");
const bin = join(folder, "bin");

const git = (cwd: string, ...args: readonly string[]): void => {
  const who = [
    "-c",
    "user.name=Somebody",
    "-c",
    "user.email=somebody@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  execFileSync("git", [...who, ...args], { cwd, stdio: "pipe" });
};

const script = (name: string, ...lines: readonly string[]): void => {
  writeFileSync(join(bin, name), ["#!/bin/sh", "set -eu", ...lines, ""].join("\n"));
  chmodSync(join(bin, name), 0o755);
};

beforeAll(() => {
  // The tests are run on what `npm test` has built.
  expect(existsSync(join(built, "dist/bf.cjs")), "packages/bitfever is built").toBe(true);
  mkdirSync(bin);
  script(
    "npm",
    `[ "$*" = "ci" ] || { echo "npm $*: only npm ci is known here" >&2; exit 9; }`,
    "mkdir -p node_modules/.bin",
    `ln -s "${built}" node_modules/bitfever`,
    "ln -s ../bitfever/dist/bf.cjs node_modules/.bin/bf",
  );
  script("npx", `program=$1; shift; exec "node_modules/.bin/$program" "$@"`);
  cpSync(join(repository, "examples/ci"), origin, { recursive: true });
  git(origin, "init", "--quiet", "--initial-branch=main");
  git(origin, "add", "--all");
  git(origin, "commit", "--quiet", "--message", "A strategy and its baseline");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Step {
  readonly name: string;
  readonly run: string;
}

interface Ran {
  readonly name: string;
  readonly code: number | null;
  readonly output: string;
}

/** The shell steps of the GitHub workflow and the lines of the GitLab job, with the variables they are given. */
const systems = {
  github: () => {
    const text = readFileSync(join(origin, ".github/workflows/backtest.yml"), "utf8");
    const { jobs } = parse(text) as {
      jobs: { backtest: { env: Record<string, string>; steps: Partial<Step>[] } };
    };
    const { env, steps } = jobs.backtest;
    return { env, steps: steps.filter((each): each is Step => each.run !== undefined) };
  },
  gitlab: () => {
    const { backtest } = parse(readFileSync(join(origin, ".gitlab-ci.yml"), "utf8")) as {
      backtest: { variables: Record<string, string>; before_script: string[]; script: string[] };
    };
    const lines = [...backtest.before_script, ...backtest.script];
    return {
      env: backtest.variables,
      steps: lines.map((run) => ({ name: run.split(" ", 3).join(" "), run })),
    };
  },
};

let clones = 0;
/** A fresh clone, changed as somebody has changed it, with what a cache has brought back. */
function cloned(change: (clone: string) => void = () => undefined, cache?: string): string {
  const clone = join(folder, `clone-${++clones}`);
  git(folder, "clone", "--quiet", origin, clone);
  change(clone);
  if (cache !== undefined)
    cpSync(cache, join(clone, ".bitfever-cache"), { recursive: true, preserveTimestamps: true });
  return clone;
}

/** Runs the steps as the system does: each in a shell that ends at the first mistake, none behind one that failed. */
function runIn(
  clone: string,
  system: keyof typeof systems,
): { readonly ran: readonly Ran[]; readonly page: string } {
  const { env, steps } = systems[system]();
  const page = join(clone, "..", `page-${clones}.md`);
  writeFileSync(page, "");
  const ran: Ran[] = [];
  for (const { name, run } of steps) {
    const { status, stdout, stderr } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", run], {
      cwd: clone,
      encoding: "utf8",
      env: {
        ...{ ...process.env, ...env, PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}` },
        // A CI system shows colours, which what is compared here has none of.
        NO_COLOR: "1",
        ...(system === "github" && { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: page }),
      },
    });
    ran.push({ name, code: status, output: `${stdout}${stderr}` });
    if (status !== 0) break;
  }
  return { ran, page: readFileSync(page, "utf8") };
}

const codes = (ran: readonly Ran[]): readonly (number | null)[] => ran.map(({ code }) => code);
/** The last step that ran. */
const last = (ran: readonly Ran[]): Ran => ran[ran.length - 1];

/** A strategy that is quicker to enter, and earns less than half. */
const worse = (clone: string): void => {
  const path = join(clone, "strategies/cross.bf");
  const text = readFileSync(path, "utf8");
  expect(text).toContain("param fast: bars = 20 ");
  writeFileSync(path, text.replace("param fast: bars = 20 ", "param fast: bars = 15 "));
  git(clone, "commit", "--quiet", "--all", "--message", "Be quicker");
};

describe("the workflow for GitHub", { timeout: 600_000 }, () => {
  let kept = "";

  it("is green on a fresh clone, and puts what it found on the page of the job", () => {
    const clone = cloned();
    const { ran, page } = runIn(clone, "github");
    expect([codes(ran), last(ran).output]).toEqual([[0, 0, 0, 0], expect.not.stringContaining("::error")]);
    expect(page).toMatch(/^## ✅ 3 tests: all passed\n[^]*\n## ✅ Moving-average cross: all 4 hold\n/);
    expect(page).toContain("```mermaid\n");
    expect(last(ran).output).toContain("these are the same run");
    expect(readdirSync(join(clone, "reports")).sort()).toEqual([
      "backtest.xml",
      "cross.html",
      "cross.json",
      "cross.svg",
      "tests.xml",
    ]);
    kept = join(clone, ".bitfever-cache");
    // The outcomes of the tests, and the run.
    expect(readdirSync(kept)).toHaveLength(2);
  });

  it("makes no run of a strategy that nobody has changed, and writes the same", () => {
    const clone = cloned(undefined, kept);
    const { ran } = runIn(clone, "github");
    expect(codes(ran)).toEqual([0, 0, 0, 0]);
    expect(last(ran).output).toMatch(
      /nothing has changed: the result [0-9a-f]{12} is from \.bitfever-cache\n/,
    );
    expect(readdirSync(join(clone, ".bitfever-cache"))).toEqual(readdirSync(kept));
    for (const name of ["cross.html", "cross.json", "cross.svg", "backtest.xml"])
      expect(readFileSync(join(clone, "reports", name))).toEqual(
        readFileSync(join(kept, "../reports", name)),
      );
  });

  it("is red where a change makes it worse, and says by how much and since which trade", () => {
    const { ran, page } = runIn(cloned(worse, kept), "github");
    expect(codes(ran)).toEqual([0, 0, 0, 3]);
    const { output } = last(ran);
    expect(output).not.toContain("nothing has changed");
    expect(output).toMatch(/✗ Net profit +13,818\.92 +6,395\.86 +−7,423\.06 +5%\n/);
    expect(output).toMatch(/✗ Maximum drawdown +27\.84% +33\.06% +\+5\.22 pp +2pp\n/);
    expect(output).toMatch(/\n {2}parameter fast: 20 → 15\n/);
    expect(output).toMatch(/@@ trade 1 @@\n {2}- long .*\n {2}\+ long /);
    expect(output).toMatch(/^::error file=strategies\/cross\.bf,line=3,title=net_profit at most 5%25 worse/m);
    expect(page).toContain("\n## ❌ Moving-average cross: 2 of 4 do not hold\n");
    expect(page).toContain("\n- parameter fast: 20 → 15\n");
  });

  it("is red at its first step where a program has an error", () => {
    const broken = (clone: string): void => {
      const path = join(clone, "strategies/cross.bf");
      writeFileSync(path, readFileSync(path, "utf8").replace("sma(close, slow)", "smaa(close, slow)"));
    };
    const { ran } = runIn(cloned(broken), "github");
    expect(codes(ran)).toEqual([0, 1]);
    expect(last(ran).output).toMatch(/^::error file=strategies\/cross\.bf,line=11,col=\d+,title=BF\d{4}::/m);
  });
});

describe("the job for GitLab", { timeout: 600_000 }, () => {
  it("is green on a fresh clone, and red where a change makes it worse", () => {
    const clone = cloned();
    const fine = runIn(clone, "gitlab");
    expect(codes(fine.ran)).toEqual([0, 0, 0, 0]);
    expect(readFileSync(join(clone, "reports/backtest.xml"), "utf8")).toMatch(/tests="4" failures="0"/);
    expect(readFileSync(join(clone, "reports/cross.md"), "utf8")).toMatch(
      /^## ✅ Moving-average cross: all 4 hold\n/,
    );

    const changed = cloned(worse, join(clone, ".bitfever-cache"));
    const red = runIn(changed, "gitlab");
    expect(codes(red.ran)).toEqual([0, 0, 0, 3]);
    expect(last(red.ran).output).toMatch(/✗ Net profit +13,818\.92 +6,395\.86/);
    expect(readFileSync(join(changed, "reports/backtest.xml"), "utf8")).toMatch(
      /failures="2"[^]*<failure message="net_profit is 6,395\.86, −7,423\.06 from 13,818\.92"/,
    );
  });
});
