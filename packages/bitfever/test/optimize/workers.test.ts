import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SharedWork } from "@bitfever/engine";
import { afterAll, describe, expect, it } from "vitest";
import { compile, optimize, type OptimizeOptions, type StudyResult } from "../../src/index.js";
import { onSharedMemory } from "../../src/optimize/shared-bars.js";
import { SharedBatches, usualMemoryBytes } from "../../src/optimize/shared-batches.js";
import { Study } from "../../src/optimize/study.js";
import type { TrialAnswer, TrialTask } from "../../src/optimize/trial-task.js";
import { workerThreads } from "../../src/optimize/worker-threads.js";
import { searchOf, searchSetup, sourceOf } from "../../src/optimize/search-setup.js";
import type { TrialOutcome } from "../../src/optimize/trial-outcome.js";
import { startThreads, threadProgram } from "../../src/thread-pool.js";
import { doubled } from "../doubled.js";
import { bars, cross } from "./cross.js";

/*
 * Worker threads change nothing but the time it takes. A search of few and short trials is over before they are there, as its own
 * thread makes trials too: here they also make all of them.
 */

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
  const outcomeOf = ({ point: [value] }) => {
    if (value === 13) process.exit(1);
    if (value === 14 && !existsSync(mark)) { writeFileSync(mark, ""); process.exit(1); }
    return { kind: "figures", metrics: { trades: value }, returns: new Float64Array(), trades: 0, longestHolding: 0, kernels: 0 };
  };
  export const makeTrialsOf = ({ task: { trials } }) => ({ outcomes: trials.map(outcomeOf), evidence: null });`,
);

const inOthers: typeof sourceOf = ({ input, runner }, { onShared }) =>
  workerThreads(onSharedMemory(input), 2, new SharedBatches(runner, usualMemoryBytes, onShared));

const studyIn = (options: OptimizeOptions, start: typeof sourceOf): Study =>
  new Study(searchSetup(compile(cross), bars, options), options, start);

describe("worker threads", () => {
  it("0, 1 and 2 of them write the same study, byte for byte", async () => {
    const written: string[] = [];
    for (const method of ["random", "tpe"])
      for (const workers of [0, 1, 2]) {
        const study = join(folder, `${method}-${workers}.jsonl`);
        await optimize(compile(cross), bars, { method, trials: 10, seed: 5, workers, study }).result;
        written.push(readFileSync(study, "utf8"));
      }
    const study = join(folder, "others.jsonl");
    await studyIn({ method: "random", trials: 10, seed: 5, study }, inOthers).result;
    written.unshift(readFileSync(study, "utf8"));
    expect(new Set(written).size).toBe(2);
    expect(new Set(written.slice(0, 4)).size).toBe(1);
    expect(written[0].trimEnd().split("\n")).toHaveLength(11);
  }, 240_000);

  it("0 and 2 of them tell the same luck of a study, and of one that was left in the middle of a task", async () => {
    const told = async (workers: number, stopsAfter: number, start = sourceOf): Promise<StudyResult> => {
      const stop = new AbortController();
      const { signal } = stop;
      const study = studyIn({ method: "random", trials: 200, seed: 5, workers, signal }, start);
      for await (const { number } of study) if (number + 1 === stopsAfter) stop.abort();
      return study.result;
    };
    const [whole, again] = [await told(0, Infinity), await told(2, Infinity)];
    expect(whole.honesty?.trials).toBe(whole.trials.length);
    expect(again).toEqual(whole);
    expect(await told(2, Infinity, inOthers)).toEqual(whole);
    for (const start of [sourceOf, inOthers]) {
      const left = await told(2, 3, start);
      expect(left.stopped).toBe(true);
      expect(left.honesty?.trials).toBe(left.trials.length);
    }
  }, 240_000);

  it.each([
    ["the whole history", undefined],
    ["a part of it", { from: 300, to: 700 }],
  ])(
    "0 and 2 of them run as many kernels as were planned, on %s",
    async (_, span) => {
      const text = cross.replace("5..20 step 5", "5..20 step 1");
      for (const [workers, start] of [
        [0, sourceOf],
        [2, sourceOf],
        [2, inOthers],
      ] as const) {
        const works: SharedWork[] = [];
        const options = { workers, onShared: (work: SharedWork) => void works.push(work) };
        const setup = searchSetup(compile(text), bars, options);
        const source = await start(setup, options);
        const proposals = searchOf(setup, setup.options).ask();
        const outcomes: TrialOutcome[] = [];
        for await (const { outcome } of source.outcomes(proposals, span)) outcomes.push(outcome);
        await source.close();
        const [{ alone, together, ahead }] = works;
        const made = outcomes.reduce((sum, each) => sum + (each.kind === "figures" ? each.kernels : NaN), 0);
        expect(ahead + made).toBe(together);
        expect(together).toBeLessThan(alone / 1.5);
        // What is shared changes nothing.
        const strip = (each: TrialOutcome): object => ({ ...each, kernels: 0 });
        const one = proposals.map(({ point }) => setup.runner.run(point, 1, span));
        expect(outcomes.map(strip)).toEqual(one.map(strip));
      }
    },
    240_000,
  );

  it("what trials of a task have in common is computed once where they come alone, as of a queue", async () => {
    const setup = searchSetup(compile(cross.replace("5..20 step 5", "5..20 step 1")), bars, {});
    const trials = searchOf(setup, setup.options).ask();
    const program = { filename: threadProgram("search-worker"), name: "makeTrials", count: 1 };
    const pool = await startThreads<TrialTask, TrialAnswer>({
      ...program,
      workerData: onSharedMemory(setup.input),
    });
    const kernels: number[] = [];
    const one = trials.map(({ point }) => setup.runner.run(point, 1));
    for (const ownBytes of [0, 1e8]) {
      const { outcomes } = await pool.run({
        trials,
        span: undefined,
        shared: undefined,
        ownBytes,
        gathers: false,
      });
      const strip = (each: TrialOutcome): object => ({ ...each, kernels: 0 });
      expect(outcomes.map(strip)).toEqual(one.map(strip));
      kernels.push(outcomes.reduce((sum, each) => sum + (each.kind === "figures" ? each.kernels : NaN), 0));
    }
    await pool.destroy();
    expect(kernels[1]).toBeLessThan(kernels[0] / 1.5);
  }, 240_000);

  it("a thread that is lost loses its trial only when it is lost again, and no other trial", async () => {
    const { input, runner } = searchSetup(compile(cross), bars, {});
    const batches = new SharedBatches(runner, 0, undefined);
    const source = await workerThreads(input, 2, batches, { filename: deadly });
    const proposals = Array.from({ length: 20 }, (_, number) => ({ number, point: [number], fidelity: 1 }));
    const outcomes: TrialOutcome[] = [];
    for await (const { outcome } of source.outcomes(proposals)) outcomes.push(outcome);
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
