import type { SystemRun } from "@bitfever/runtime";
import type { Member } from "./members.js";
import type { SystemCurves } from "./result.js";
import { onColumn } from "./switching.js";

/**
 * What a chart shows of a system, at the end of each day from one on.
 *
 * @param held    for each of its sessions whether it is held
 * @param closed  for each day how many of its bars are over
 */
export function systemCurves(
  { name, sessions, system }: Member,
  run: SystemRun,
  { held, closed, from }: { readonly held: Uint8Array; readonly closed: Int32Array; readonly from: number },
): SystemCurves {
  const capital = system.settings.initial_capital;
  const on = onColumn(sessions, held);
  const equity = atEnds(run.equity, closed, capital);
  const shadow = atEnds(sessions.shadow, closed, capital);
  const first = from === 0 ? capital : shadow[from - 1];
  return {
    name,
    on: Uint8Array.from(closed.subarray(from), (bars) => (bars === 0 ? 0 : on[bars - 1])),
    equity: equity.subarray(from),
    growth: growthOf(equity, run.moves, capital).subarray(from),
    shadow: shadow.subarray(from).map((each) => each / first),
  };
}

/** What a column of bars says at the end of each day. */
const atEnds = (column: Float64Array, closed: Int32Array, before: number): Float64Array =>
  Float64Array.from(closed, (bars) => (bars === 0 ? before : column[bars - 1]));

/** What becomes of 1 that is there from the beginning, while money comes and goes at the ends of days. */
function growthOf(equity: Float64Array, moves: Float64Array, capital: number): Float64Array {
  let base = capital;
  let growth = 1;
  return equity.map((each, day) => {
    // What has nothing does not grow.
    if (base > 0) growth *= each / base;
    base = each + moves[day];
    return growth;
  });
}
