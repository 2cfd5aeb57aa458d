import { describe, expect, it } from "vitest";
import { sliceBars } from "@bitfever/engine";
import { Reference } from "./reference/interpreter.js";
import { constructsIn } from "./support/constructs.js";
import { difference, evaluated, type Cut } from "./support/evaluated.js";
import { grownCase, type GrownCase } from "./support/grown-case.js";
import { leaks, mistakes, type Plant } from "./support/plants.js";
import { growProgram } from "./support/grow-program.js";
import { Random } from "./support/random.js";

/*
 * The language, said twice: an interpreter that walks the text bar by bar, slowly and without any of the compiler's or
 * the engine's thoughts, and the plan that runs. On programs that use all of the language their values are the same
 * to the bit, however the bars are cut.
 */

const numRuns = Number(process.env["LAW_RUNS"] ?? 500);
/** Another first seed makes other programs. */
const firstSeed = Number(process.env["LAW_SEED"] ?? 1);
const seeds = Array.from({ length: numRuns }, (_, i) => firstSeed + i);

type Columns = ReadonlyMap<string, Float64Array>;

const run = ({ plan, bars, surroundings }: GrownCase, cut: Partial<Cut> = {}): Columns =>
  evaluated(plan, bars, surroundings, { blocks: [bars.length], ...cut });

const meaning = ({ text, bars, surroundings }: GrownCase): Columns =>
  new Reference(text, bars, surroundings).columns();

/** Where the first bars of a run are not the run of the first bars. */
function lookAhead(given: GrownCase, random: Random): string | null {
  const whole = run(given);
  const { length } = given.bars;
  for (const count of new Set([1, Math.ceil(length / 3), random.whole(1, length), length - 1])) {
    if (count < 1) continue;
    const part = run({ ...given, bars: sliceBars(given.bars, 0, count) });
    const first = new Map([...whole].map(([name, each]) => [name, each.subarray(0, count)]));
    const found = difference(first, part);
    if (found !== null) return `after ${count} bars: ${found}`;
  }
  return null;
}

/** A difference with what one needs to look into it. */
const told = (found: string | null, seed: number, { text }: GrownCase): string | null =>
  found && `seed ${seed}: ${found}\n${text}`;

describe("the language, said twice", { timeout: 60_000 + numRuns * 400 }, () => {
  it("the grown programs use all of the language, each form in one of twenty or more", () => {
    const counts = new Map<string, number>();
    for (const seed of seeds.slice(0, 500))
      for (const each of constructsIn(growProgram(new Random(seed)).text))
        counts.set(each, (counts.get(each) ?? 0) + 1);
    const share = (of: string): number => (counts.get(of) ?? 0) / Math.min(500, numRuns);
    expect(constructs.filter((each) => share(each) < 0.05)).toEqual([]);
  });

  it("the grown values are there: laws about absence alone would prove nothing", () => {
    // Of the generator, not of the seeds of one night: they are always the same.
    const first = Array.from({ length: 300 }, (_, i) => i + 1);
    const columns = first.flatMap((seed) => [...run(grownCase(seed)).values()]);
    const present = columns.filter((each) => each.some((value) => !Number.isNaN(value)));
    const changing = present.filter((each) => each.some((value) => !Object.is(value, each[0])));
    expect(present.length).toBeGreaterThan(columns.length * 0.7);
    expect(changing.length).toBeGreaterThan(columns.length * 0.6);
  });

  it("a program means what it computes, to the bit, however its bars are cut", () => {
    for (const seed of seeds) {
      const given = grownCase(seed);
      const random = new Random(seed);
      const lengths = Array.from({ length: random.whole(1, 9) }, () => random.whole(1, 17));
      const stop = random.whole(0, given.bars.length);
      const expected = meaning(given);
      const cuts: Partial<Cut>[] = [
        {},
        { blocks: [1] },
        { blocks: [7] },
        { blocks: [64] },
        { blocks: lengths, stop },
      ];
      for (const cut of cuts) {
        const found = difference(expected, run(given, cut));
        expect(told(found, seed, given), JSON.stringify(cut)).toBeNull();
      }
    }
  });

  it("never looks ahead: the first bars of a run are the run of the first bars", () => {
    for (const seed of seeds) {
      const given = grownCase(seed);
      expect(told(lookAhead(given, new Random(seed)), seed, given)).toBeNull();
    }
  });

  it.each(leaks)("notices by its first bars: $name", (plant) => {
    expect(firstNoticed(plant, (given, seed) => lookAhead(given, new Random(seed)))).toBeDefined();
  });

  it.each(mistakes)("notices by the meaning: $name", (plant) => {
    expect(firstNoticed(plant, (given) => difference(meaning(given), run(given)))).toBeDefined();
  });

  it.each(mistakes)("which looking at the first bars does not: $name", (plant) => {
    const some = seeds.slice(0, 20);
    expect(firstNoticed(plant, (given, seed) => lookAhead(given, new Random(seed)), some)).toBeUndefined();
  });
});

/** The first program that gives a fault away. */
function firstNoticed(
  { put, spoil }: Plant,
  notice: (given: GrownCase, seed: number) => string | null,
  among = seeds.slice(0, 500),
): number | undefined {
  return among.find((seed) => {
    const given = grownCase(seed);
    const takeOut = put();
    try {
      return notice(spoil === undefined ? given : { ...given, plan: spoil(given.plan) }, seed) !== null;
    } finally {
      takeOut();
    }
  });
}

/** By the names that `constructsIn` gives them. */
const constructs = [
  ...["fn", "fn with types", "fn with a default", "fn with a state", "method of a type", "method", "import"],
  ...[
    "record",
    "latest of a record",
    "tuple",
    "let of parts",
    "enum",
    "match",
    "match with else",
    "conditional",
  ],
  ...["state", "when", "when with else", "set", "state in a block", "let from its own past"],
  ...["reset session", "reset week", "reset month", "reset never", "reset when"],
  ...[
    "history",
    "window",
    "fold of a window",
    "loop over a window",
    "loop over a range",
    "loop with a filter",
  ],
  ...["fold of a loop", "sum of a loop", "mean of a loop", "max of a loop", "min of a loop"],
  ...["count of a loop", "any of a loop", "all of a loop"],
  ...["or else", "none", "ready", "and", "or", "not", "crosses above", "crosses below"],
  ...["on 15m", "on 1h", "on 1d", "calendar", "latest", "latest in a block"],
  ...["on 30m block", "on 1h block", "on 4h block", "on 1d block", "on 1w block", "on 1mo block"],
  ...["since_open", "until_close", "time_of_day", "is_session_last", "session_bar", "bar_index"],
  ...["year", "month", "day", "day_of_week", "week_of_year", "hour", "minute"],
  ...[
    "datetime",
    "time",
    "in time",
    "in bars",
    "in ticks",
    "in ratio",
    "tick_size",
    "lot_size",
    "multiplier",
  ],
  ...["param", "bandwidth", "growth"],
];
