import type { Program } from "@bitfever/lang";
import type { Bars } from "@bitfever/engine";
import { sha256 } from "./sha256.js";

/** The same value gives the same text, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

const named = (...parts: readonly (string | Uint8Array)[]): string => `sha256:${sha256(...parts)}`;

export const hashOf = (value: unknown): string => named(canonical(value));

/** What the program means: reformatting it, renaming its file or testing it leaves the hash as it is. */
export function hashProgram(program: Program): string {
  const { source: _source, tests: _tests, plots: _plots, lets, ...decisive } = program;
  const meaning = {
    ...decisive,
    lets: lets.filter((each) => each.hidden !== true || !forTests.test(each.name)),
  };
  return named(JSON.stringify(meaning, (key, each: unknown) => (key === "span" ? undefined : each)));
}

/** Values that only a test or a plot asks for. */
const forTests = /^(?:expect|assert|plot)#/;

export function hashBars(...histories: readonly Bars[]): string {
  const columns = histories.flatMap((bars) => [
    bars.time,
    bars.open,
    bars.high,
    bars.low,
    bars.close,
    bars.volume,
  ]);
  return named(...columns.map((each) => new Uint8Array(each.buffer, each.byteOffset, each.byteLength)));
}
