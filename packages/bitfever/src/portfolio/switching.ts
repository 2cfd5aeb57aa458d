import { decisionsOf, randomSpells, trackOf, type Track } from "@bitfever/engine";
import { finish, holdSystems, type System, type SystemDays } from "@bitfever/runtime";
import type { Candidate } from "./candidates.js";

/** The sessions of a system, and when each of them is held or not. */
export interface Sessions {
  /** What it comes to if it is never switched off. */
  readonly track: Track;
  /** The same at the close of each bar. */
  readonly shadow: Float64Array;
  /** The last bar of each. */
  readonly ends: Int32Array;
  /** The place among the days of the one on which the first bar of each is over. */
  readonly firstDay: Int32Array;
}

/**
 * The whole track of a system that is always held: what its filter looks at.
 *
 * @param ends  the last bar of each session
 */
export function sessionsOf(system: System, ends: Int32Array, days: SystemDays): Sessions {
  const { fields, settings } = system;
  const on = [new Uint8Array(fields.time.length).fill(1)];
  const [run] = finish(
    holdSystems({ systems: [system], days, on, whenOff: "close", reallocate: "never" }),
  ).systems;
  return {
    track: trackOf(run, ends, settings.initial_capital),
    shadow: run.equity,
    ends,
    firstDay: ends.map((_, session) => days.dayOf[0][session === 0 ? 0 : ends[session - 1] + 1]),
  };
}

/** For each session whether a filter holds the system in it, as decided at the close of the one before. */
export function heldSessions({ track }: Sessions, { filter, values }: Candidate): Uint8Array {
  const decided = decisionsOf(filter, values, track);
  return decided.map((_, session) => (session === 0 ? 1 : decided[session - 1]));
}

/** For each bar whether the system is on after its close: an order of that moment is for the next bar's session. */
export function onColumn({ ends }: Sessions, held: Uint8Array): Uint8Array {
  const bars = ends.length === 0 ? 0 : ends[ends.length - 1] + 1;
  const column = new Uint8Array(bars);
  let session = 0;
  for (let bar = 0; bar < bars; bar++) {
    if (bar === ends[session] && session + 1 < ends.length) session++;
    column[bar] = held[session];
  }
  return column;
}

/** The sessions from one on switched at random: as many held, in as many spells. Those before stay as they are. */
export function heldAtRandom(held: Uint8Array, from: number, random: () => number): Uint8Array {
  const drawn = held.slice();
  drawn.set(randomSpells(held.subarray(from), random), from);
  return drawn;
}

/** The first session that begins on a day or after it. */
export function firstSession({ firstDay }: Sessions, day: number): number {
  const found = firstDay.findIndex((each) => each >= day);
  return found < 0 ? firstDay.length : found;
}
