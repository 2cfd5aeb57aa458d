import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sliceBars } from "@bitfever/engine";
import { afterAll, describe, expect, it, test } from "vitest";
import { compile, optimize, type OptimizeOptions } from "../../src/index.js";
import { bars, cross } from "./cross.js";

/* A study that is kept can be stopped anywhere, and goes on as if it had not been. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-study-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), "utf8");

const short = sliceBars(bars, 0, 500);
const common = { method: "tpe", trials: 10, options: { batch: 4, startup: 4 }, seed: 7 };
const run = (study: string, options: OptimizeOptions = {}) =>
  optimize(compile(cross), short, { ...common, study: at(study), ...options });

const whole = await run("whole").result;

describe("a study file", () => {
  it("has a header and a line for each trial", () => {
    const [header, ...trials] = read("whole")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(header).toMatchObject({
      schema: "bitfever/study@1",
      program: { name: "Cross" },
      method: { name: "tpe", options: { batch: 4, startup: 4, gamma: 0.1 } },
      seed: 7,
      objectives: ["maximise sharpe"],
    });
    expect(trials.map(({ trial }) => trial)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("stopped and gone on with, it is what it would have been", async () => {
    for await (const { number } of run("stopped")) if (number === 5) break;
    expect(read("stopped").split("\n").length).toBeLessThan(10);
    const result = await run("stopped").result;
    expect(read("stopped")).toBe(read("whole"));
    expect(result).toEqual(whole);
  });

  it("is extended by more trials, with the options it was begun with", async () => {
    await run("extended", { trials: 6 }).result;
    const told: number[] = [];
    for await (const { number } of run("extended", { options: {} })) told.push(number);
    expect(told).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(read("extended")).toBe(read("whole"));
  });

  it("loses no more than the line that was being written", async () => {
    for (const cut of [1, 40, 300]) {
      writeFileSync(at("torn"), read("whole"));
      truncateSync(at("torn"), read("whole").length - cut);
      expect(await run("torn").result).toEqual(whole);
      expect(read("torn")).toBe(read("whole"));
    }
    // Torn before the end of the header: nothing was tried.
    writeFileSync(at("torn"), read("whole").slice(0, 60));
    await run("torn").result;
    expect(read("torn")).toBe(read("whole"));
  });

  test.each<[string, RegExp, () => Promise<unknown>]>([
    [
      "another program",
      /another program$/,
      () => optimize(compile(cross.replace("0.9", "0.8")), short, kept).result,
    ],
    ["other data", /other data$/, () => optimize(compile(cross), sliceBars(bars, 0, 400), kept).result],
    ["other settings", /other settings$/, () => run("whole", { settings: { commission: 0.01 } }).result],
    [
      "a parameter that is fixed",
      /other parameters or ranges/,
      () => run("whole", { params: { slow: 40 } }).result,
    ],
    ["another method", /another method/, () => run("whole", { method: "random", options: {} }).result],
    ["another option", /other options$/, () => run("whole", { options: { batch: 5 } }).result],
    ["another seed", /another seed$/, () => run("whole", { seed: 8 }).result],
    ["other goals", /other objectives, other metrics$/, () => run("whole", { objective: "cagr" }).result],
  ])("refuses %s, and says what differs", async (_, message, work) => {
    await expect(work()).rejects.toMatchObject({
      code: "BF5133",
      message: expect.stringMatching(message) as string,
    });
  });

  it("refuses a trial at another point than the search asks for", async () => {
    const lines = read("whole").split("\n");
    const trial = JSON.parse(lines[2]) as { point: number[] };
    for (const [i, changed] of [
      { ...trial, point: trial.point.with(0, trial.point[0] === 5 ? 10 : 5) },
      { ...trial, fidelity: 0.5 },
    ].entries()) {
      writeFileSync(at(`other-${i}`), lines.with(2, JSON.stringify(changed)).join("\n"));
      await expect(run(`other-${i}`).result).rejects.toMatchObject({ code: "BF5114" });
    }
  });

  it("refuses a file that is no study, and leaves it as it is", async () => {
    writeFileSync(at("notes"), "dear diary");
    await expect(run("notes").result).rejects.toMatchObject({ code: "BF5134" });
    writeFileSync(at("notes"), "dear diary\n");
    await expect(run("notes").result).rejects.toMatchObject({ code: "BF5134" });
    expect(read("notes")).toBe("dear diary\n");
    writeFileSync(at("spoilt"), read("whole"));
    appendFileSync(at("spoilt"), "{}\n");
    await expect(run("spoilt").result).rejects.toMatchObject({ code: "BF5134" });
    await expect(run("no/such/folder").result).rejects.toMatchObject({ code: "BF5021" });
  });
});

const kept = { ...common, study: at("whole") };
