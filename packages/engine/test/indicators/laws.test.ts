import { describe, expect, it } from "vitest";
import { checkIndicator } from "../../src/indicator-laws/check.js";
import { indicators } from "../../src/indicators/index.generated.js";

/* What holds for every indicator. A new file in the folder is under these laws without a word here. */

describe("every law", () => {
  it.each(indicators.map((each) => [each.name, each] as const))("holds for %s", (_, indicator) => {
    expect(checkIndicator(indicator, { seed: 4, runs: 60 })).toEqual([]);
  });
});
