import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { damageText, Journal, type JournalDamage } from "../../src/index.js";
import { memoryStore, type MemoryStore } from "./memory-store.js";

/* Damage of every kind: it is found, told, and nothing before it is lost. */

const options = { create: "case", segmentBytes: 185 };
const bodies = Array.from({ length: 9 }, (_, i) => ({ i: i + 1, close: i + 0.5 }));

/** The files of a small journal of three segments, in their order. */
const segments = filesOf(bodies);

function filesOf(given: readonly unknown[]): [name: string, bytes: Buffer][] {
  const store = memoryStore();
  const journal = Journal.open(store, options);
  for (const body of given) journal.append(body);
  return store.list().map((name) => [name, Buffer.from(store.read(name, 0, store.size(name)))]);
}

/** For a byte of a segment, how many records of the journal end before it. */
function recordsBefore(segment: number, byte: number): number {
  const before = Buffer.concat([
    ...segments.slice(0, segment).map(([, bytes]) => bytes),
    segments[segment][1].subarray(0, byte),
  ]);
  return before
    .toString("latin1")
    .split("\n")
    .slice(0, -1)
    .filter((line) => /^\d/.test(line)).length;
}

const lineAt = (bytes: Buffer, byte: number): number => bytes.subarray(0, byte).lastIndexOf(0x0a) + 1;

/** Opens what was spoilt: it has those records, is told as damaged, keeps what it cuts off, and can be gone on with. */
function recovers(store: MemoryStore, kept: number, damage: Partial<JournalDamage> | undefined): void {
  const all = (): Buffer =>
    Buffer.concat(
      store
        .list()
        .filter((name) => name.includes(".journal"))
        .map((name) => Buffer.from(store.read(name, 0, store.size(name)))),
    );
  const bytesBefore = all().length;
  const journal = Journal.open(store, options);
  const found = [...journal.records()];
  expect(found).toEqual(bodies.slice(0, kept).map((body, i) => ({ sequence: i + 1, body })));
  if (damage === undefined) expect(journal.damage).toBeUndefined();
  else {
    expect(journal.damage).toMatchObject({ lastGood: kept, ...damage });
    expect(damageText(journal.damage!)).toContain(`record ${kept},`);
    const keptBytes = journal.damage!.keptIn.reduce((sum, name) => sum + store.size(name), 0);
    expect(keptBytes).toBe(journal.damage!.bytes);
  }
  // Where all but nothing was left, a header was written anew.
  if (journal.damage?.byte !== 0 || kept > 0) expect(all().length).toBe(bytesBefore);

  for (const body of ["behind it", "and on"]) journal.append(body);
  journal.close();
  const again = Journal.open(store, options);
  expect([again.damage, again.last]).toEqual([undefined, kept + 2]);
  expect([...again.records(kept + 1)].map(({ body }) => body)).toEqual(["behind it", "and on"]);
}

const spoiltStore = (segment: number, spoil: (bytes: Buffer) => Buffer): MemoryStore =>
  memoryStore(
    Object.fromEntries(segments.map(([name, bytes], i) => [name, i === segment ? spoil(bytes) : bytes])),
  );

it("has three segments with three records each", () => {
  expect(segments.map(([name]) => name)).toEqual([
    "00000001.journal",
    "00000004.journal",
    "00000007.journal",
  ]);
});

describe("a journal that is cut", () => {
  it("at any byte of its last segment, has the records before", () => {
    const [name, whole] = segments[2];
    for (let at = 0; at <= whole.length; at++) {
      const isBetween = whole[at - 1] === 0x0a;
      const start = lineAt(whole, at);
      const damage = {
        segment: name,
        byte: start,
        reason: "torn",
        bytes: at - start,
        recordsBehind: 0,
      } as const;
      recovers(
        spoiltStore(2, (bytes) => bytes.subarray(0, at)),
        recordsBefore(2, at),
        isBetween ? undefined : damage,
      );
    }
  });

  it("at any byte, with nothing behind, has the records before", () => {
    const [first, ...rest] = filesOf(bodies.slice(0, 3));
    expect(rest).toEqual([]);
    for (let at = 0; at <= first[1].length; at++) {
      const store = memoryStore({ [first[0]]: first[1].subarray(0, at) });
      const isBetween = first[1][at - 1] === 0x0a;
      recovers(
        store,
        recordsBefore(0, at),
        isBetween ? undefined : { reason: "torn", byte: lineAt(first[1], at) },
      );
    }
  });

  it("at any byte in the middle, is cut off there with all that lies behind", () => {
    const [name, whole] = segments[1];
    for (let at = 0; at < whole.length; at++) {
      const isBetween = whole[at - 1] === 0x0a;
      const start = lineAt(whole, at);
      const damage = isBetween
        ? ({ segment: "00000007.journal", byte: 0, reason: "sequence", recordsBehind: 3 } as const)
        : ({ segment: name, byte: start, reason: "torn", recordsBehind: 3 } as const);
      recovers(
        spoiltStore(1, (bytes) => bytes.subarray(0, at)),
        recordsBefore(1, at),
        damage,
      );
    }
  });
});

describe("a flipped bit", () => {
  it("anywhere behind the first line is found, and the records before it are there", () => {
    for (const [segment, [name, whole]] of segments.entries()) {
      const from = segment === 0 ? whole.indexOf(0x0a) + 1 : 0;
      for (let bit = from * 8; bit < whole.length * 8; bit++) {
        const byte = bit >> 3;
        const store = spoiltStore(segment, (bytes) => {
          const flipped = Buffer.from(bytes);
          flipped[byte] ^= 1 << (bit & 7);
          return flipped;
        });
        recovers(store, recordsBefore(segment, byte), { segment: name, byte: lineAt(whole, byte) });
      }
    }
  });

  it("in the first line is told, and nothing is changed", () => {
    const [[name, whole]] = segments;
    for (let bit = 0; bit < (whole.indexOf(0x0a) + 1) * 8; bit++) {
      const flipped = Buffer.from(whole);
      flipped[bit >> 3] ^= 1 << (bit & 7);
      const store = spoiltStore(0, () => flipped);
      expect(() => Journal.open(store, options)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/BF516[234]/) as string }),
      );
      expect(Buffer.from(store.read(name, 0, whole.length)).equals(flipped)).toBe(true);
    }
  });
});

describe("a line", () => {
  const lines = Buffer.concat(segments.map(([, bytes]) => bytes))
    .toString()
    .split("\n")
    .filter((line) => /^\d/.test(line));
  const [[, first]] = filesOf([]);
  const storeOf = (given: readonly string[]): MemoryStore =>
    memoryStore({ "00000001.journal": `${first.toString()}${given.map((line) => `${line}\n`).join("")}` });
  const three = lines.slice(0, 3);

  it("that is missing is found", () => {
    recovers(storeOf([three[0], three[2]]), 1, { reason: "sequence", recordsBehind: 0 });
    recovers(storeOf(three.slice(1)), 0, { reason: "sequence", recordsBehind: 1 });
  });

  it("that is doubled is found", () => {
    recovers(storeOf([three[0], three[1], three[1], three[2]]), 2, { reason: "sequence" });
  });

  it("that is moved is found", () => {
    recovers(storeOf([three[0], three[2], three[1]]), 1, { reason: "sequence" });
  });

  it("of another journal is found, though its number is right and it is whole", () => {
    const [[, other]] = filesOf(["x", "y", "z"]);
    const strange = other.toString().split("\n")[2];
    recovers(storeOf([three[0], strange, three[2]]), 1, { reason: "checksum" });
  });
});

it("a segment of another journal is cut off", () => {
  const store = memoryStore();
  const journal = Journal.open(store, { ...options, create: "another" });
  for (const body of bodies) journal.append(body);
  const strange = Buffer.from(store.read("00000007.journal", 0, 1_000));
  recovers(
    spoiltStore(2, () => strange),
    6,
    { segment: "00000007.journal", byte: 0, reason: "sequence" },
  );
});

it("a segment of the same journal with another past, as a copy of it has gone on, is cut off", () => {
  const [, , [, strange]] = filesOf(bodies.map(({ i }) => ({ i, close: i - 0.25 })));
  recovers(
    spoiltStore(2, () => strange),
    6,
    { segment: "00000007.journal", byte: 0, reason: "sequence", recordsBehind: 3 },
  );
});

it("oldest segments that were taken away are missed by who asks for them alone", () => {
  const store = memoryStore(Object.fromEntries(segments.slice(1)));
  const journal = Journal.open(store);
  expect([journal.first, journal.last, journal.damage]).toEqual([4, 9, undefined]);
  expect([...journal.records()].map(({ sequence }) => sequence)).toEqual([4, 5, 6, 7, 8, 9]);
  expect(() => journal.records(3)).toThrow(expect.objectContaining({ code: "BF5164" }));
});

it("what is damaged twice is kept twice", () => {
  const store = memoryStore(Object.fromEntries(segments));
  for (const kept of ["00000007.journal.damaged", "00000007.journal.damaged-2"]) {
    store.append("00000007.journal", Buffer.from(kept));
    const journal = Journal.open(store, options);
    expect(journal.damage?.keptIn).toEqual([kept]);
    expect(Buffer.from(store.read(kept, 0, 100)).toString()).toBe(kept);
    journal.close();
  }
});

it.each([
  ["in a line", (bytes: Buffer) => bytes.subarray(0, -2), 5],
  ["in a header", (bytes: Buffer) => Buffer.concat([Buffer.from("x"), bytes]), 3],
])("a recovery %s that is interrupted anywhere is done again, and keeps all", (_, spoil, kept) => {
  for (let allowed = 0; allowed < 6; allowed++) {
    const store = spoiltStore(1, spoil);
    let done = 0;
    const { writeWhole, truncate, remove } = store;
    const step = <Given extends readonly unknown[]>(act: (...given: Given) => void) => {
      return (...given: Given): void => {
        if (done++ >= allowed) throw new Error("killed");
        act(...given);
      };
    };
    store.writeWhole = step(writeWhole);
    store.truncate = step(truncate);
    store.remove = step(remove);
    let isDone = true;
    try {
      Journal.open(store, options).close();
    } catch (error) {
      expect((error as Error).message).toBe("killed");
      store.kill();
      isDone = false;
    }
    Object.assign(store, { writeWhole, truncate, remove });
    const journal = Journal.open(store, options);
    expect(journal.last).toBe(kept);
    expect(journal.damage?.segment).toBe(isDone ? undefined : "00000004.journal");
    const names = store.list().filter((name) => name.includes("damaged"));
    expect(names).toEqual(["00000004.journal.damaged", "00000007.journal.damaged"]);
    expect(store.size("00000007.journal.damaged")).toBe(segments[2][1].length);
  }
});

it("bytes that nobody wrote are never records", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), (strange, place) => {
      const [name, whole] = segments[2];
      const at = place % (whole.length + 1);
      const store = memoryStore({
        ...Object.fromEntries(segments),
        [name]: Buffer.concat([whole.subarray(0, at), strange, whole.subarray(at)]),
      });
      const journal = Journal.open(store, options);
      const found = [...journal.records()].map(({ body }) => body);
      expect(found).toEqual(bodies.slice(0, found.length));
      expect(found.length).toBeGreaterThanOrEqual(recordsBefore(2, lineAt(whole, at)));
    }),
    { numRuns: 500 },
  );
});
