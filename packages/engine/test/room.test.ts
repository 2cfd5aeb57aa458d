import { describe, expect, it } from "vitest";
import { freshRoom, ReusedRoom } from "../src/room.js";

describe("a room that is used again", () => {
  it("hands out the same columns to the next run, and never one twice in a run", () => {
    const room = new ReusedRoom();
    const first = [room.doubles(100), room.doubles(100), room.doubles(5_000)];
    expect(new Set(first).size).toBe(3);
    room.clear();
    const second = [room.doubles(90), room.doubles(120), room.doubles(4_800), room.doubles(100)];
    expect(second.slice(0, 3)).toEqual(first);
    second.slice(0, 3).forEach((each, i) => expect(each).toBe(first[i]));
    expect(first).not.toContain(second[3]);
  });

  it("hands out columns that are long enough, of each kind", () => {
    for (const room of [new ReusedRoom(), freshRoom])
      for (const length of [0, 1, 1_024, 1_025]) {
        expect(room.doubles(length).length).toBeGreaterThanOrEqual(length);
        expect(room.integers(length)).toBeInstanceOf(Int32Array);
        expect(room.directions(length)).toBeInstanceOf(Int8Array);
      }
  });
});
