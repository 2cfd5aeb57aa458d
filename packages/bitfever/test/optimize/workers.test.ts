import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compile, optimize } from "../../src/index.js";
import { SharedBatches } from "../../src/optimize/shared-batches.js";
import { workerThreads } from "../../src/optimize/worker-threads.js";
import { searchSetup } from "../../src/optimize/search-setup.js";
import type { TrialOutcome } from "../../src/optimize/trial-outcome.js";
import { doubled } from "../doubled.js";
import { bars, cross } from "./cross.js";

/* Worker threads change nothing but the time it takes. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-workers-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A thread that dies of one trial (of the point 13) each time, of another (14) only the first time. */
const deadly = join(folder, "deadly.mjs");
writeFileSync(
  deadly,
  `import { existsSync, writeFileSync } from "node:fs";
  const mark = ${JSON.stringify(join(folder, "died"))};
  export const makeTrials = ({ trials }) => trials.map(({ point: [value] }) => {
    if (value === 13) process.exit(1);
    if (value === 14 && !existsSync(mark)) { writeFileSync(mark, ""); process.exit(1); }
    return { kind: "figures", metrics: { trades: value }, returns: new Float64Array(), trades: 0, longestHolding: 0 };
  });`,
);

describe("worker threads", () => {
  it("0, 1 and 2 of them write the same study, byte for byte", async () => {
    const written: string[] = [];
    for (const method of ["random", "tpe"])
      for (const workers of [0, 1, 2]) {
        const study = join(folder, `${method}-${workers}.jsonl`);
        await optimize(compile(cross), bars, { method, trials: 10, seed: 5, workers, study }).result;
        written.push(readFileSync(study, "utf8"));
      }
    expect(new Set(written).size).toBe(2);
    expect(new Set(written.slice(0, 3)).size).toBe(1);
    expect(written[0].trimEnd().split("\n")).toHaveLength(11);
  }, 240_000);

  it("a thread that is lost loses its trial only when it is lost again, and no other trial", async () => {
    const { input, runner } = searchSetup(compile(cross), bars, {});
    const source = await workerThreads(input, 2, new SharedBatches(runner, 0, undefined), deadly);
    const proposals = Array.from({ length: 20 }, (_, number) => ({ number, point: [number], fidelity: 1 }));
    const outcomes: TrialOutcome[] = [];
    for await (const each of source.outcomes(proposals)) outcomes.push(each);
    await source.close();
    expect(
      outcomes.map((each) => (each.kind === "figures" ? each.metrics["trades"] : each.error.code)),
    ).toEqual(proposals.map(({ number }) => (number === 13 ? "BF5132" : number)));
  });

  it("indicators of one's own stay in this thread", async () => {
    const text = cross.replace(
      "crosses above sma(close, slow)",
      "crosses above doubled(sma(close, slow)) / 2",
    );
    const strategy = compile(text, { indicators: [doubled] });
    await expect(optimize(strategy, bars, { workers: 2 }).result).rejects.toMatchObject({ code: "BF5136" });
    expect((await optimize(strategy, bars, { params: { slow: 60 } }).result).trials).toHaveLength(4);
  });
});
