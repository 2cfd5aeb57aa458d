import { describe, expect, test } from "vitest";
import { nearest } from "../src/nearest.js";

const names = ["close", "open", "high", "low", "volume", "sma", "ema", "crossings"];

describe("the word that was meant", () => {
  test.each([
    ["clsoe", "close", "two letters swapped"],
    ["closee", "close", "one too many"],
    ["clos", "close", "one too few"],
    ["clase", "close", "another letter"],
    ["CLOSE", "close", "capitals"],
    ["volumne", "volume", "one too many in the middle"],
    ["volmue", "volume", "two swapped in the middle"],
    ["vlomue", "volume", "two swaps in a word of six"],
    ["smaa", "sma", "a short word"],
    ["smo", "sma", "a short word with another letter"],
    ["crosings", "crossings", "a doubled letter missed"],
  ])("%s: %s (%s)", (word, meant) => {
    expect(nearest(word, names)).toBe(meant);
  });

  test.each([
    ["", "nothing"],
    ["x", "a letter"],
    ["hl", "two letters"],
    ["price", "another word"],
    ["opening", "a word that only starts so"],
    ["smaller", "a longer word"],
  ])("%j: none (%s)", (word) => {
    expect(nearest(word, names)).toBeUndefined();
  });

  test("the first of equals", () => {
    expect(nearest("bat", ["cat", "hat"])).toBe("cat");
  });

  test("the nearest of several", () => {
    expect(nearest("fastt", ["last", "fast", "feast"])).toBe("fast");
  });

  test("none of none", () => {
    expect(nearest("close", [])).toBeUndefined();
  });
});
