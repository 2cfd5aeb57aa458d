import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";

/* The workflows of this repository. What they run is run elsewhere; here is asked that it is there, and in which order. */

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const text = (path: string): string => readFileSync(root + path, "utf8");
const { scripts } = JSON.parse(text("package.json")) as { scripts: Readonly<Record<string, string>> };

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, string>>;
  }[];
}
const jobsOf = (name: string): readonly Job[] =>
  Object.values((parse(text(`.github/workflows/${name}.yml`)) as { jobs: Record<string, Job> }).jobs);

describe.each(["ci", "release"])("the workflow %s", (name) => {
  const steps = jobsOf(name).flatMap((job) => job.steps);

  it("runs everything that must hold", () => {
    expect(steps.map(({ run }) => run)).toContain("./.ci/run");
    accessSync(`${root}.ci/run`, constants.X_OK);
  });

  it("calls nothing that is not there", () => {
    const called = steps
      .flatMap(({ run = "", with: given = {} }) => [run, ...Object.values(given).map(String)])
      .flatMap((line) => [...line.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script));
    expect(called.filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe("a release", () => {
  const [{ steps, permissions }] = jobsOf("release");
  const at = (isIt: (step: Job["steps"][number]) => boolean): number => steps.findIndex(isIt);

  it("is published behind everything that must hold, with where it was built", () => {
    const checked = at(({ run }) => run === "./.ci/run");
    const published = at(({ uses }) => uses?.startsWith("changesets/action@") === true);
    expect(published).toBeGreaterThan(checked);
    expect(permissions).toMatchObject({ "id-token": "write" });
    expect(text("scripts/publish.mjs")).toContain("NPM_CONFIG_PROVENANCE");
  });

  it("is made by the workflow alone", () => {
    const { GITHUB_REPOSITORY: _repository, ...env } = process.env;
    const { status, stderr } = spawnSync(process.execPath, [`${root}scripts/publish.mjs`], {
      env,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining("release.yml alone")]);
  });
});
