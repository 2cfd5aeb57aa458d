import { intervalMs, type Plan } from "@bitfever/lang";
import { calendarOf, timingOf, type Bars, type Surroundings } from "@bitfever/engine";
import { growBars } from "./grow-bars.js";
import { growProgram } from "./grow-program.js";
import { planOf } from "./planned.js";
import { Random } from "./random.js";

/** A grown program, and bars of its market to run it on. */
export interface GrownCase {
  readonly text: string;
  readonly bars: Bars;
  readonly surroundings: Surroundings;
  readonly plan: Plan;
}

const zones = [
  { zone: "UTC" },
  { zone: "America/New_York" },
  { zone: "Europe/Berlin", start: "18:00" },
] as const;

const instruments = [
  { tick: 0.25, lot: 1, multiplier: 1 },
  { tick: null, lot: null, multiplier: 50 },
] as const;

/** The seed is all there is to it: such a program is too intertwined to be shrunk by its parts. */
export function grownCase(seed: number, { mostBars = 50, hasHoles = true } = {}): GrownCase {
  const random = new Random(seed);
  const { text, clock, calendar } = growProgram(random);
  const timing = timingOf(calendarOf(calendar, random.pick(zones)), intervalMs(clock) ?? 0);
  // Some histories are a bar or a few, and most are long enough for something to have happened.
  const length = random.whole(random.chance(0.2) ? 1 : Math.ceil(mostBars / 2), mostBars);
  const bars = growBars(random, timing, { length, hasHoles });
  return { text, bars, surroundings: { timing, instrument: random.pick(instruments) }, plan: planOf(text) };
}
