import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { damageText, Journal, readJournal, type JournalReader, type JournalStore } from "../../src/index.js";
import { memoryStore } from "./memory-store.js";

/* A journal on a store in memory: what it keeps, and what it says of what it does not know. */

const open = (store: JournalStore, segmentBytes?: number): Journal =>
  Journal.open(store, { create: "case", ...(segmentBytes !== undefined && { segmentBytes }) });
const told = (journal: JournalReader, from?: number): unknown[] =>
  [...journal.records(from)].map(({ sequence, body }) => [sequence, body]);
const text = (store: JournalStore, name: string): string =>
  Buffer.from(store.read(name, 0, store.size(name))).toString();
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return "nothing was thrown";
};

describe("a journal", () => {
  it("is lines that people can read: number, checksum, JSON", () => {
    const store = memoryStore();
    const journal = open(store);
    expect(journal.append({ kind: "bar", close: 101.5 })).toBe(1);
    expect(journal.append({ kind: "fill", price: NaN })).toBe(2);
    expect(text(store, "00000001.journal")).toBe(
      'bitfever/journal@1 f4cda699 {"journal":"case","follows":0,"chain":"00000000"}\n' +
        '1 e1ffb40a {"kind":"bar","close":101.5}\n' +
        '2 50e94db5 {"kind":"fill","price":{"$":"NaN"}}\n',
    );
    const page = readFileSync(new URL("../../../../docs/journal.md", import.meta.url), "utf8");
    expect(page).toContain(text(store, "00000001.journal"));
  });

  it("goes on where it was left, also behind the end of a segment", () => {
    const store = memoryStore();
    for (let i = 1; i <= 40; i++) {
      const journal = open(store, 300);
      expect([journal.id, journal.first, journal.last, journal.damage]).toEqual([
        "case",
        1,
        i - 1,
        undefined,
      ]);
      journal.append({ i });
      journal.close();
    }
    expect(store.list().length).toBe(4);
    const journal = open(store, 300);
    expect(told(journal)).toEqual(Array.from({ length: 40 }, (_, i) => [i + 1, { i: i + 1 }]));
    for (let from = 1; from <= 41; from++) expect(told(journal, from)).toEqual(told(journal).slice(from - 1));
  });

  it("reads lines that are longer than what is read at once", () => {
    const store = memoryStore();
    const journal = open(store);
    const long = "x".repeat(700_000);
    const bodies = ["a", long, "b", long, long, "c"];
    for (const body of bodies) journal.append(body);
    expect([...journal.records()].map(({ body }) => body)).toEqual(bodies);
    journal.close();
    expect(open(store).last).toBe(bodies.length);
  });

  it("gives the records that there are when they are asked for, and no later ones", () => {
    const journal = open(memoryStore(), 100);
    journal.append("a");
    const seen = [];
    for (const { body } of journal.records()) {
      seen.push(body);
      if (seen.length < 10) journal.append("later");
    }
    expect(seen).toEqual(["a"]);
  });

  it("can be read while it is written, and is not changed by that", () => {
    const store = memoryStore();
    const journal = open(store);
    journal.append("a");
    store.append("00000001.journal", Buffer.from("2 0000"));
    const reader = readJournal(store);
    expect(told(reader)).toEqual([[1, "a"]]);
    expect(reader.damage).toMatchObject({ reason: "torn", bytes: 6, keptIn: [] });
    expect(text(store, "00000001.journal")).toMatch(/\n2 0000$/);
  });

  it("is held by one alone", () => {
    const store = memoryStore();
    const journal = open(store);
    expect(codeOf(() => open(store))).toBe("BF5161");
    journal.close();
    expect(codeOf(() => journal.append("late"))).toBe("BF5165");
    open(store).close();
  });

  it("writes no more once a write has failed, and is whole when it is opened again", () => {
    const store = memoryStore();
    const journal = open(store);
    journal.append("a");
    const { append } = store;
    store.append = (name, bytes) => {
      append(name, bytes.subarray(0, 5));
      throw new Error("the disk is full");
    };
    expect(() => journal.append("b")).toThrow("the disk is full");
    store.append = append;
    expect(() => journal.append("c")).toThrow("the disk is full");
    expect(() => journal.saveSnapshot("c")).toThrow("the disk is full");
    journal.close();
    const again = open(store);
    expect(again.damage).toMatchObject({ reason: "torn", bytes: 5 });
    expect(again.append("b")).toBe(2);
    expect(told(again)).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
  });

  it("refuses what it cannot keep, and goes on", () => {
    const journal = open(memoryStore());
    expect(codeOf(() => journal.append(new Map()))).toBe("BF5166");
    expect(
      codeOf(() => {
        journal.saveSnapshot(new Map());
      }),
    ).toBe("BF5166");
    expect(journal.append("b")).toBe(1);
  });
});

describe("what is no journal", () => {
  const header = (store = memoryStore()): string => {
    open(store).close();
    return text(store, "00000001.journal");
  };

  it("is refused, and nothing is changed", () => {
    const cases = [
      [{}, "BF5160"],
      [{ "notes.txt": "hello" }, "BF5162"],
      [{ "00000001.journal": "hello\n" }, "BF5162"],
      [{ "00000001.journal": header().replace("journal@1", "journal@2") }, "BF5163"],
      [{ "00000001.journal": header().replace("case", "cask") }, "BF5164"],
      [{ "00000001.journal": header().slice(0, 30) }, "BF5160"],
      [{ "00000001.journal": header().slice(0, 30), "00000009.journal": header() }, "BF5164"],
    ] as const;
    for (const [files, code] of cases) {
      const store = memoryStore(files);
      expect([files, codeOf(() => Journal.open(store))]).toEqual([files, code]);
      expect(codeOf(() => readJournal(store))).toBe(code);
      const names = Object.keys(files);
      expect(store.list()).toEqual(names);
      for (const name of names) expect(text(store, name)).toBe((files as Record<string, string>)[name]);
    }
    expect(codeOf(() => open(memoryStore({ "notes.txt": "hello" })))).toBe("BF5162");
  });

  it("but was never more than begun begins again", () => {
    const store = memoryStore({ "00000001.journal": header().slice(0, 30) });
    const journal = open(store);
    expect(journal.damage).toMatchObject({ reason: "torn", byte: 0, lastGood: 0, bytes: 30 });
    expect(journal.append("a")).toBe(1);
    expect(text(store, "00000001.journal.damaged")).toBe(header().slice(0, 30));
  });
});

describe("snapshots", () => {
  it("are the newest two, and tell what they follow", () => {
    const store = memoryStore();
    const journal = open(store, 200);
    expect(journal.newestSnapshot).toBeUndefined();
    for (let i = 1; i <= 9; i++) {
      journal.append({ i });
      if (i % 2 === 0) journal.saveSnapshot({ mean: Float64Array.of(i, NaN), i });
    }
    expect(store.list().filter((each) => each.endsWith("snapshot"))).toEqual([
      "00000006.snapshot",
      "00000008.snapshot",
    ]);
    const newest = { sequence: 8, state: { mean: Float64Array.of(8, NaN), i: 8 } };
    expect(journal.newestSnapshot).toStrictEqual(newest);
    journal.close();
    const again = open(store, 200);
    expect(again.newestSnapshot).toStrictEqual(newest);
    expect(readJournal(store).newestSnapshot).toStrictEqual(newest);
    expect(told(again, 9)).toEqual([[9, { i: 9 }]]);
  });

  it("whose bytes are others are passed over with a word, put aside, and the one before is used", () => {
    const original = memoryStore();
    const journal = open(original);
    journal.append("a");
    journal.saveSnapshot("first");
    journal.append("b");
    journal.saveSnapshot("second");
    const files = Object.fromEntries(original.list().map((name) => [name, text(original, name)]));
    const good = Buffer.from(files["00000002.snapshot"]);
    const spoilt = [good.subarray(0, 40), good.subarray(0, -1), Buffer.alloc(0)];
    for (let i = 0; i < good.length * 8; i++) {
      const flipped = Buffer.from(good);
      flipped[i >> 3] ^= 1 << (i & 7);
      spoilt.push(flipped);
    }
    for (const bytes of spoilt) {
      const store = memoryStore({ ...files, "00000002.snapshot": bytes });
      expect(readJournal(store).newestSnapshot).toEqual({ sequence: 1, state: "first" });
      const again = open(store);
      expect(again.passedOver).toEqual([
        { snapshot: "00000002.snapshot", reason: expect.stringMatching(/checksum|version/) as string },
      ]);
      expect(again.newestSnapshot).toEqual({ sequence: 1, state: "first" });
      expect([again.damage, again.last]).toEqual([undefined, 2]);
      if (bytes.length > 0)
        expect(store.read("00000002.snapshot.damaged", 0, 1_000)).toEqual(Uint8Array.from(bytes));
    }
  });

  it("of another past, as a copy of the journal has gone on, are passed over", () => {
    const [ours, theirs] = ["ours", "theirs"].map((body) => {
      const store = memoryStore();
      const journal = open(store);
      journal.append(body);
      journal.saveSnapshot(body);
      journal.close();
      return store;
    });
    ours.writeWhole("00000001.snapshot", theirs.read("00000001.snapshot", 0, 1_000));
    const journal = open(ours);
    expect(journal.passedOver).toEqual([{ snapshot: "00000001.snapshot", reason: "past" }]);
    expect(journal.newestSnapshot).toBeUndefined();
  });

  it("of records that were lost are never those of the records that took their place", () => {
    const store = memoryStore();
    const journal = open(store);
    journal.append("a");
    journal.saveSnapshot("after a");
    journal.append("b");
    journal.saveSnapshot("after b");
    journal.close();
    store.truncate("00000001.journal", store.size("00000001.journal") - 3);
    const again = open(store);
    expect(again.damage).toMatchObject({ reason: "torn", lastGood: 1 });
    expect(again.passedOver).toEqual([{ snapshot: "00000002.snapshot", reason: "past" }]);
    expect(again.newestSnapshot).toEqual({ sequence: 1, state: "after a" });
    again.append("another b");
    again.close();
    expect(open(store).newestSnapshot).toEqual({ sequence: 1, state: "after a" });
  });
});

it("tells of damage in a sentence", () => {
  const damage = {
    segment: "00000001.journal",
    byte: 120,
    reason: "torn",
    lastGood: 7,
    bytes: 31,
    recordsBehind: 0,
  } as const;
  expect(damageText({ ...damage, keptIn: ["00000001.journal.damaged"] })).toBe(
    "what follows record 7, in 00000001.journal from byte 120 on, was not written to its end; 31 bytes with 0 whole records " +
      "were cut off and are kept in 00000001.journal.damaged",
  );
});
