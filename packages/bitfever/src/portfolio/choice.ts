import { isBetter, type Metric, type WalkWindow } from "@bitfever/engine";
import { finish, holdSystems, type System, type SystemDays } from "@bitfever/runtime";
import type { Candidate } from "./candidates.js";
import { contextOver, type Market } from "./measure.js";
import { heldSessions, onColumn, type Sessions } from "./switching.js";

/** A window with the candidate that was best on the days before it. */
export interface Chosen {
  readonly window: WalkWindow;
  readonly candidate: Candidate;
  readonly objective: number | null;
}

/** One system, alone on the days of all of them. */
export interface Alone {
  readonly system: System;
  readonly days: SystemDays;
  readonly sessions: Sessions;
  readonly market: Market;
}

/**
 * For each window the candidate whose own run, with costs, was best by the metric on the days learnt from; of equal
 * ones the first. The run of a candidate is made once: it never knows of later days, so any part of it is fair.
 */
export function* chooseCandidates(
  alone: Alone,
  candidates: readonly Candidate[],
  windows: readonly WalkWindow[],
  metric: Metric,
  whenOff: "close" | "run",
): Generator<"run", readonly Chosen[]> {
  const [first] = candidates;
  if (candidates.length === 1)
    return windows.map((window) => ({ window, candidate: first, objective: null }));
  const { system, days, sessions, market } = alone;
  const objectives: (readonly (number | null)[])[] = [];
  for (const candidate of candidates) {
    const on = [onColumn(sessions, heldSessions(sessions, candidate))];
    const run = finish(holdSystems({ systems: [system], days, on, whenOff, reallocate: "never" }));
    objectives.push(windows.map(({ from, to }) => valueOver(metric, contextOver(run, market, from, to))));
    yield "run";
  }
  return windows.map((window, w) => {
    let best = 0;
    for (let c = 1; c < candidates.length; c++)
      if (isBetter(metric, objectives[c][w], objectives[best][w])) best = c;
    return { window, candidate: candidates[best], objective: objectives[best][w] };
  });
}

/** For each session whether it is held, by what was chosen for the day on which it begins; before the first window never. */
export function heldAsChosen(sessions: Sessions, chosen: readonly Chosen[]): Uint8Array {
  const held = sessions.firstDay.map(() => 0);
  for (const { window, candidate } of chosen) {
    const own = heldSessions(sessions, candidate);
    sessions.firstDay.forEach((day, session) => {
      if (day >= window.to && day < window.until) held[session] = own[session];
    });
  }
  return Uint8Array.from(held);
}

/** A metric of some days; null where it cannot be told. */
export function valueOver(metric: Metric, context: Parameters<Metric["compute"]>[0]): number | null {
  const value = metric.compute(context);
  return typeof value === "number" ? value : null;
}
