import fc from "fast-check";
import { expect, it } from "vitest";
import { Journal } from "../../src/index.js";
import { memoryStore } from "./memory-store.js";

/* Loss of power at any moment: what was synced is there, and what is there was written. */

type Step =
  | { readonly kind: "append"; readonly size: number }
  | { readonly kind: "sync" | "snapshot" | "crash" | "kill" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("append" as const), size: fc.nat(60) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("sync" as const, "snapshot" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("crash" as const, "kill" as const) }) },
);

it("never loses what was synced, nor makes up what was not written", () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (steps, draws) => {
        const random = (): number => draws.next().value;
        const store = memoryStore();
        const open = (): Journal => Journal.open(store, { create: "case", segmentBytes: 200 });
        let journal = open();
        let written: string[] = [];
        let synced = 0;
        let states: number[] = [];
        for (const each of steps) {
          switch (each.kind) {
            case "append":
              written.push("x".repeat(each.size));
              expect(journal.append(written.at(-1))).toBe(written.length);
              break;
            case "sync":
              journal.sync();
              synced = written.length;
              break;
            case "snapshot":
              journal.saveSnapshot({ after: written.length });
              synced = written.length;
              states = [...states.filter((at) => at < synced), synced];
              break;
            case "crash":
            case "kill": {
              const least = each.kind === "kill" ? written.length : synced;
              if (each.kind === "kill") store.kill();
              else store.crash(random);
              journal = open();
              expect(journal.last).toBeGreaterThanOrEqual(least);
              expect([...journal.records()].map(({ body }) => body)).toEqual(written.slice(0, journal.last));
              written = written.slice(0, journal.last);
              synced = written.length;
              const newest = states.at(-1);
              expect(journal.newestSnapshot).toEqual(
                newest === undefined ? undefined : { sequence: newest, state: { after: newest } },
              );
            }
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});
