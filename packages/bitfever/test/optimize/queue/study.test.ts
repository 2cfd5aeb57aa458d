import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Queue } from "bullmq";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile, optimize } from "../../../src/index.js";
import { queueName } from "../../../src/optimize/queue/protocol.js";
import { bf } from "../../../src/cli/bf.js";
import { run } from "../../cli-run.js";
import { bars, cross } from "../cross.js";
import { BuiltPrograms } from "./built-programs.js";
import { hasRedis, RedisServer, until } from "./redis-server.js";
import { expectWritten } from "../../json-outputs.js";
import { WorkerProcess } from "./worker-process.js";

/* Whatever happens on the way, a study ends as it does on one machine: byte for byte. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-queue-"));
const at = (name: string): string => join(folder, name);

/** Far more points than trials. */
const wide = cross.replace("in 5..20 step 5", "in 2..80").replace("in 20..60 step 20", "in 20..200");
const search = { method: "random", trials: 150, seed: 5 };

/** Threads that say that they have begun and then wait until they may go on. */
function waitingThreads(name: string, real: string): string {
  const file = at(`${name}.mjs`);
  writeFileSync(
    file,
    `import { existsSync, writeFileSync } from "node:fs";
    const { makeTrials: real } = await import(${JSON.stringify(real)});
    export const makeTrials = (task) => {
      writeFileSync(${JSON.stringify(at(`${name}.begun`))}, "");
      const nothing = new Int32Array(new SharedArrayBuffer(4));
      while (!existsSync(${JSON.stringify(at(`${name}.go`))})) Atomics.wait(nothing, 0, 0, 20);
      return real(task);
    };`,
  );
  return file;
}

describe.skipIf(!hasRedis)("a study on a queue", { timeout: 240_000 }, () => {
  let [server, programs]: [RedisServer, BuiltPrograms] = [] as never;
  beforeAll(async () => {
    [server, programs] = await Promise.all([RedisServer.start(), BuiltPrograms.build()]);
  }, 60_000);
  afterAll(async () => {
    await server.remove();
    programs.remove();
    rmSync(folder, { recursive: true });
  });

  /** `bf worker`, as a user starts it. */
  const bfWorker = (queue: string, ...flags: string[]): WorkerProcess =>
    new WorkerProcess(
      ...[
        programs.file("bf-process.cjs"),
        "worker",
        "--queue",
        queue,
        "--threads",
        "1",
        "--lease",
        "1",
        "--json",
      ],
      ...flags,
    );
  const waitingWorker = (queue: string, name: string): WorkerProcess =>
    new WorkerProcess(
      programs.file("odd-worker.cjs"),
      queue,
      waitingThreads(name, programs.file("search-worker.js")),
    );

  it("ends as on one machine: with a worker killed, one that sleeps, chunks delivered twice, Redis restarted", async () => {
    const local = optimize(compile(wide), bars, { ...search, workers: 0, study: at("local.jsonl") });
    const queue = server.address("disturbed");
    const notes: string[] = [];
    const killed = waitingWorker(queue, "killed");
    const study = optimize(compile(wide), bars, {
      ...{ ...search, queue, study: at("queue.jsonl") },
      onNote: (note) => notes.push(note),
    });
    const result = study.result;
    await until(() => existsSync(at("killed.begun")));
    killed.signal("SIGKILL");
    const sleepy = waitingWorker(queue, "sleepy");
    await until(() => existsSync(at("sleepy.begun")));
    sleepy.signal("SIGSTOP");
    // Nobody works now, so that the study cannot be over before it hears of it.
    const isTold = (news: string): boolean => notes.some((note) => note.includes(news));
    await server.stop();
    await until(() => isTold("is lost"));
    await server.start();
    await until(() => isTold("is back"));
    const worker = bfWorker(queue, "--cache", at("columns"));

    const client = server.client();
    const chunks = new Queue(queueName, { connection: client, prefix: "disturbed" });
    chunks.on("error", () => undefined);
    for await (const { number } of study) {
      if (number === 20)
        for (const { data } of await chunks.getJobs(["waiting", "active"])) await chunks.add("again", data);
      if (number !== 40) continue;
      await server.stop();
      await server.start();
    }
    sleepy.signal("SIGCONT");
    writeFileSync(at("sleepy.go"), "");
    await until(() => sleepy.events.some(({ event }) => event === "chunk"));
    sleepy.signal("SIGKILL");
    await chunks.close();
    client.disconnect();

    expect(await result).toEqual(await local.result);
    expect(readFileSync(at("queue.jsonl"), "utf8")).toBe(readFileSync(at("local.jsonl"), "utf8"));
    worker.signal("SIGTERM");
    expect(await worker.left()).toBe(0);
    expect(worker.events.at(-1)).toMatchObject({ event: "left" });
    for (const each of worker.events) expectWritten("worker", JSON.stringify(each));
  });

  it("the commands do the same on a queue as without, and bars travel to a machine once", async () => {
    writeFileSync(at("cross.bf"), cross);
    const data = fileURLToPath(new URL("../../../../../examples/data/SYNTHETIC-1d.csv", import.meta.url));
    const queue = server.address("commands");
    const commands = [
      ["optimize", at("cross.bf"), "--data", data],
      ["walk", at("cross.bf"), "--data", data, "--train", "1000", "--test", "500", "--anchored"],
    ];
    const worker = bfWorker(queue, "--cache", at("columns"));
    for (const command of commands) {
      const { out, code } = await run(bf, ...command);
      expect(await run(bf, ...command, "--queue", queue)).toMatchObject({ out, code });
    }
    const { err } = await run(bf, ...commands[0], "--queue", queue, "--explain");
    expect(err).toContain("what the trials of a chunk have in common");
    worker.signal("SIGTERM");
    expect(await worker.left()).toBe(0);
    const studies = worker.events.filter(({ event }) => event === "study");
    // The bars lie in the folder since the test before; the program is what is fetched.
    expect(studies).toEqual([expect.objectContaining({ name: "Cross" })]);
    expect(studies[0]).toMatchObject({
      fetchedBytes: expect.toSatisfy((bytes: number) => bytes < 10_000) as number,
    });
  });

  it("a worker of an empty queue leaves where it is told to, and says what is missing where there is no queue", async () => {
    const flags = ["--threads", "3", "--idle-exit", "0"];
    expect(await run(bf, "worker", "--queue", server.address("empty"), ...flags)).toEqual({
      ...{ code: 0, err: "" },
      out: `3 threads for the trials of ${server.address("empty")}\nleft after 0 trials\n`,
    });
    expect(await run(bf, "worker", "--queue", "redis://:secret@127.0.0.1:1")).toMatchObject({
      ...{ code: 2, out: "" },
      err: expect.stringMatching(
        /^error BF5152: there is no Redis at redis:\/\/127\.0\.0\.1:1 .*\n.*redis-server/,
      ) as string,
    });
  });
});
