import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, test, vi } from "vitest";
import { compile, optimize } from "../../../src/index.js";
import { queueAddress } from "../../../src/optimize/queue/address.js";
import { chunkId, chunkOf, trialNames, type Chunk } from "../../../src/optimize/queue/chunk.js";
import { ChunkSizes } from "../../../src/optimize/queue/chunk-sizes.js";
import { columnCache } from "../../../src/optimize/queue/column-cache.js";
import { queuePeers } from "../../../src/optimize/queue/connection.js";
import { decode, encode } from "../../../src/optimize/queue/plain-data.js";
import { columnsIn, packed, unpacked } from "../../../src/optimize/queue/study-package.js";
import { searchSetup } from "../../../src/optimize/search-setup.js";
import { TrialRunner } from "../../../src/optimize/trial.js";
import { codeOf } from "../../code-of.js";
import { doubled } from "../../doubled.js";
import { bars, cross } from "../cross.js";

/* What travels arrives with the same bits, and what is something else is refused. */

describe("the address of a queue", () => {
  it("has a server, and perhaps a user, a password, a database and a prefix", () => {
    expect(queueAddress("redis://example.org")).toMatchObject({
      ...{ host: "example.org", port: 6379, database: 0, isEncrypted: false, prefix: "bitfever" },
      shown: "redis://example.org:6379",
    });
    expect(queueAddress("rediss://me:a%2Fb@[::1]:7000/2?prefix=team")).toEqual({
      ...{ host: "::1", port: 7000, username: "me", password: "a/b", database: 2, isEncrypted: true },
      ...{ prefix: "team", shown: "rediss://[::1]:7000/2?prefix=team" },
    });
  });

  test.each([
    "",
    "localhost:6379",
    "http://localhost",
    "redis://",
    "redis://:secret@host/x",
    "redis://:secret@host?prefx=a",
    "redis://:secret@host?prefix=a:b",
    "redis://:secret@host:99999",
  ])("%s is none, and no password is shown", async (text) => {
    const error: unknown = await (async () => queueAddress(text))().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "BF5151", message: expect.not.stringContaining("secret") as string });
  });
});

describe("plain data", () => {
  const numbers = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0));
  const column = fc.array(numbers).map((values) => Float64Array.from(values));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      ...[
        numbers,
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        column,
        fc.array(tie("value"), { maxLength: 4 }),
      ],
      fc.dictionary(
        fc.string().filter((name) => !["__proto__", "$column", "$number"].includes(name)),
        tie("value"),
        { noNullPrototype: true },
      ),
    ),
  }));

  it("comes back as it was, bit for bit", () => {
    fc.assert(
      fc.property(value, (given) => {
        const columns: Float64Array[] = [];
        const text = encode(given, (each) => String(columns.push(each) - 1));
        expect(decode(text, (at) => columns[Number(at)])).toStrictEqual(given);
      }),
    );
  });

  it("is nothing else", () => {
    for (const strange of [new Map(), () => 1, new Int32Array(1)])
      expect(() => encode({ strange }, () => "")).toThrow(TypeError);
    expect(() => decode('{"__proto__": 1}', () => new Float64Array())).toThrow(TypeError);
  });
});

describe("the package of a study", () => {
  const settings = { settings: { commission: 0.0007 }, flows: [{ time: bars.time[9], amount: 500 }] };
  const { input, runner } = searchSetup(compile(cross), bars, { ...settings, params: { kind: "ema" } });
  const study = packed(input);

  it("makes the same trials where it arrives", () => {
    const there = new TrialRunner(unpacked(study));
    expect(there.run(input.pilot, 1)).toEqual(runner.run(input.pilot, 1));
    expect(packed(unpacked(study)).hash).toBe(study.hash);
  });

  it("has each column once, by its hash", () => {
    const twice = searchSetup(compile(cross), bars, { finer: bars }).input;
    expect(columnsIn(packed(twice).text)).toEqual(new Set(packed(input).columns.keys()));
  });

  test.each([
    ['"bitfever/program@1"', '"bitfever/program@2"'],
    ['"protocol":"1"', '"protocol":"0"'],
    ['"version":"', '"version":"9'],
    ['"pilot":[', '"pilot":["x",'],
    ['"commission":', '"comission":'],
    ['"amount":500', '"amount":"500"'],
    ['"symbol":', '"sybol":'],
    [`"length":${bars.length}`, `"length":${bars.length + 1}`],
    ['"parameters":[', '"parameters":[null,'],
  ])("is refused with %s become %s", async (from, to) => {
    const text = study.text.replace(from, to);
    expect(text).not.toBe(study.text);
    expect(await codeOf(() => unpacked({ ...study, text }))).toBe("BF5155");
  });
});

it("a column has no name but its hash", async () => {
  expect(await codeOf(() => columnsIn('{"bars":{"$column":"../../passwords"}}'))).toBe("BF5155");
});

describe("columns on disk", () => {
  it("are found again, but for those that were damaged", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bitfever-columns-"));
    const [hash] = packed(searchSetup(compile(cross), bars, {}).input).columns.keys();
    const find = async (place?: string): Promise<unknown> => (await columnCache(place)).find(hash);
    await (await columnCache(folder)).keep(hash, bars.time);
    expect(await find(folder)).toEqual(bars.time);
    expect(await find()).toBeUndefined();
    appendFileSync(join(folder, hash), "more");
    expect(await find(folder)).toBeUndefined();
    expect(await codeOf(() => columnCache(join(folder, hash)))).toBe("BF5021");
    rmSync(folder, { recursive: true });
  });
});

describe("a chunk", () => {
  const trials = [1, 2, 3].map((each) => ({ point: [each, 0.5], fidelity: 1 }));
  const chunk: Chunk = { study: "a".repeat(64), span: { from: 0, to: 100 }, trials };

  it("is named by what it asks for, and each of its trials by what it is", () => {
    expect(chunkId(chunkOf(JSON.parse(JSON.stringify(chunk))))).toBe(chunkId(chunk));
    const others: Partial<Chunk>[] = [
      { study: "b".repeat(64) },
      { span: null },
      { span: { from: 0, to: 99 } },
      { trials: trials.slice(1) },
      { trials: trials.map((each) => ({ ...each, fidelity: 0.5 })) },
    ];
    expect(new Set([{}, ...others].map((other) => chunkId({ ...chunk, ...other }))).size).toBe(6);
    expect(trialNames({ ...chunk, trials: [trials[1]] })).toEqual([trialNames(chunk)[1]]);
  });

  test.each([
    null,
    { ...chunk, study: "../../etc" },
    { ...chunk, trials: "all" },
    { ...chunk, trials: [{ point: [null], fidelity: 1 }] },
    { ...chunk, span: { from: 5, to: 5 } },
    { ...chunk, code: "process.exit()" },
  ])("is not %j", async (data) => {
    expect(await codeOf(() => chunkOf(data))).toBe("BF5155");
  });

  it("takes about half a second, and less towards the end", () => {
    const sizes = new ChunkSizes();
    expect(sizes.next(1_000, 0)).toBe(8);
    sizes.learn("something else");
    // The first one takes longer, as the study has to be fetched.
    for (const elapsedMs of [4_000, 40, 40]) sizes.learn({ trials: 4, elapsedMs });
    expect([sizes.next(1_000, 2), sizes.next(40, 2), sizes.next(1, 2)]).toEqual([50, 10, 1]);
    for (let i = 0; i < 9; i++) sizes.learn({ trials: 1, elapsedMs: 9_000 });
    expect(sizes.next(1_000, 2)).toBe(1);
  });
});

describe("what a queue refuses", () => {
  it("indicators of one's own, and threads of this machine", async () => {
    const queue = "redis://127.0.0.1:1";
    const text = cross.replace("sma(close, slow)", "doubled(sma(close, slow))");
    const own = compile(text, { indicators: [doubled] });
    expect(await codeOf(() => optimize(own, bars, { queue }).result)).toBe("BF5136");
    expect(await codeOf(() => optimize(compile(cross), bars, { queue, workers: 2 }).result)).toBe("BF5159");
  });

  it("a place where no Redis is, without showing the password", async () => {
    const queue = "redis://:secret@127.0.0.1:1";
    await expect(optimize(compile(cross), bars, { queue }).result).rejects.toMatchObject({
      ...{
        code: "BF5152",
        message: expect.stringMatching(/^there is no Redis at redis:\/\/127\.0\.0\.1:1 /) as string,
      },
      hint: expect.stringContaining("redis-server") as string,
    });
  });

  it("a machine without bullmq and ioredis, with what installs them", async () => {
    vi.doMock("ioredis", () => {
      throw new Error("Cannot find package");
    });
    try {
      await expect(queuePeers()).rejects.toMatchObject({
        code: "BF5150",
        hint: "npm install bullmq ioredis",
      });
    } finally {
      vi.doUnmock("ioredis");
    }
  });
});
