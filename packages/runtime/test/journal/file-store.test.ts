import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { execPath, getuid, kill, pid } from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileStore, Journal, readJournal } from "../../src/index.js";

/* A journal on disk, and processes that die over it. */

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bitfever-journal-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const packageAt = (name: string): string =>
  fileURLToPath(new URL(`../../../${name}/src/index.ts`, import.meta.url));

/** Starts the program, and kills it as soon as it has printed so many numbers; gives all that it printed. */
async function killedAfter(program: string, journal: string, count: number): Promise<number[]> {
  const child = spawn(execPath, [program, journal], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(child, "exit");
  const printed: number[] = [];
  const lines = createInterface(child.stdout);
  const ended = once(lines, "close");
  lines.on("line", (line) => {
    printed.push(Number(line));
    if (printed.length === count) child.kill("SIGKILL");
  });
  await Promise.all([gone, ended]);
  return printed;
}

const lockText = (holder: object): string =>
  `${JSON.stringify({ process: pid, host: hostname(), since: "0", ...holder })}\n`;

describe("a journal on disk", () => {
  it("keeps all that was printed as synced, whenever its process is killed", async () => {
    const program = join(folder, "appending-process.mjs");
    await build({
      entryPoints: [fileURLToPath(new URL("appending-process.ts", import.meta.url))],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: program,
      alias: {
        "@bitfever/lang": packageAt("lang"),
        "@bitfever/engine": packageAt("engine"),
        "lodash-es": fileURLToPath(new URL("../../../lang/src/plain-lodash.ts", import.meta.url)),
      },
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
      logLevel: "error",
    });
    const place = join(folder, "killed");
    let [last, saved] = [0, 0];
    for (let run = 0; run < 20; run++) {
      const printed = await killedAfter(program, place, 1 + ((run * 7) % 23));
      expect(printed.length).toBeGreaterThan(0);
      expect(printed[0]).toBeGreaterThan(last);
      const journal = readJournal(fileStore(place));
      expect(journal.last).toBeGreaterThanOrEqual(printed.at(-1)!);
      last = 0;
      for (const { sequence, body } of journal.records()) {
        expect(sequence).toBe(last + 1);
        expect(body).toEqual({ record: sequence, text: "x".repeat((sequence - 1) % 50) });
        last = sequence;
      }
      saved = printed.findLast((each) => each % 10 === 0) ?? saved;
      expect(journal.newestSnapshot?.sequence ?? 0).toBeGreaterThanOrEqual(saved);
      journal.close();
    }
    // The lock of the last one that was killed is taken over.
    const journal = Journal.open(fileStore(place));
    expect(journal.append("on")).toBe(last + 1);
    journal.close();
    expect(readdirSync(place).filter((name) => name.startsWith("lock"))).toEqual([]);
  });

  it("keeps what is damaged beside, and goes on", () => {
    const place = join(folder, "damaged");
    const journal = Journal.open(fileStore(place), { create: "case", segmentBytes: 150 });
    for (let i = 1; i <= 6; i++) journal.append({ i });
    journal.saveSnapshot("six");
    journal.close();
    const second = join(place, readdirSync(place)[1]);
    writeFileSync(second, readFileSync(second).subarray(0, -4));
    const again = Journal.open(fileStore(place));
    expect(again.damage).toMatchObject({ reason: "torn" });
    expect(again.passedOver).toEqual([{ snapshot: "00000006.snapshot", reason: "past" }]);
    const kept = again.last;
    again.append("on");
    expect([...again.records()].map(({ body }) => body).at(-1)).toBe("on");
    again.close();
    const last = readJournal(fileStore(place));
    expect([last.damage, last.last]).toEqual([undefined, kept + 1]);
    expect(readdirSync(place).filter((name) => name.includes(".damaged"))).toEqual([
      "00000005.journal.damaged",
      "00000006.snapshot.damaged",
    ]);
  });

  it("is made only where one is begun", () => {
    const place = join(folder, "not there");
    expect(() => Journal.open(fileStore(place))).toThrow(expect.objectContaining({ code: "BF5160" }));
    expect(readdirSync(folder)).not.toContain("not there");
    writeFileSync(join(folder, "a file"), "");
    expect(() => Journal.open(fileStore(join(folder, "a file")), { create: "case" })).toThrow(
      expect.objectContaining({ code: "BF5165", hint: "give the folder of a journal, not a file" }),
    );
  });

  // Nothing is forbidden to root.
  it.skipIf(getuid?.() === 0)("says what it may not write", () => {
    const place = join(folder, "not mine");
    mkdirSync(place);
    chmodSync(place, 0o500);
    expect(() => Journal.open(fileStore(place), { create: "case" })).toThrow(
      expect.objectContaining({ code: "BF5165", message: expect.stringContaining("EACCES") as string }),
    );
  });
});

describe("the lock of a journal", () => {
  const placeWith = (name: string, lock: string): string => {
    const place = join(folder, name);
    Journal.open(fileStore(place), { create: "case" }).close();
    writeFileSync(join(place, "lock"), lock);
    return place;
  };

  it("names the process that has it", () => {
    const place = join(folder, "mine");
    const journal = Journal.open(fileStore(place), { create: "case" });
    expect(() => Journal.open(fileStore(place))).toThrow(
      expect.objectContaining({
        code: "BF5161",
        message: expect.stringContaining(`process ${pid}`) as string,
      }),
    );
    expect(readJournal(fileStore(place)).id).toBe("case");
    journal.append("a");
    journal.close();
    Journal.open(fileStore(place)).close();
  });

  it("of another machine is never taken over", () => {
    const place = placeWith("elsewhere", lockText({ host: "elsewhere" }));
    expect(() => Journal.open(fileStore(place))).toThrow(
      expect.objectContaining({ code: "BF5161", message: expect.stringContaining("on elsewhere") as string }),
    );
    expect(readFileSync(join(place, "lock"), "utf8")).toContain("elsewhere");
  });

  it("that lost its content with its machine is taken over", () => {
    Journal.open(fileStore(placeWith("empty", ""))).close();
  });

  it("of a dead process is taken over", async () => {
    const child = spawn(execPath, ["-e", ""]);
    await once(child, "exit");
    expect(() => kill(child.pid!, 0)).toThrow();
    Journal.open(fileStore(placeWith("dead", lockText({ process: child.pid })))).close();
  });

  // Where nobody tells when a process began, such a lock is taken for that of the living.
  it.skipIf(!readdirSync("/").includes("proc"))(
    "of a dead process whose number another has now is taken over",
    () => {
      Journal.open(fileStore(placeWith("again", lockText({ since: "1" })))).close();
    },
  );
});
