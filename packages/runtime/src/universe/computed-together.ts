import { compareMembers } from "@bitfever/engine";
import type { UniverseMember } from "./member.js";

type Computing = Pick<UniverseMember, "session">;

/**
 * Computes the blocks that members have begun, comparing them where the plan says so.
 *
 * @param moments  of the bars of each member's block, in order
 */
export function computeTogether(members: readonly Computing[], moments: readonly ArrayLike<number>[]): void {
  computeStages(members, (stage) => {
    compare(members, moments, stage);
  });
}

/** The same for those who come after the others were compared: nobody is left to compare them with. */
export function computeApart(members: readonly Computing[]): void {
  computeStages(members, (stage) => {
    for (const { session } of members)
      for (const { compared } of session.evaluation.comparisonsBefore(stage)) compared.fill(NaN);
  });
}

function computeStages(members: readonly Computing[], compareBefore: (stage: number) => void): void {
  const stages = members[0]?.session.evaluation.comparisonStages ?? -1;
  for (let stage = 0; stage <= stages; stage++) {
    if (stage > 0) compareBefore(stage);
    for (const { session } of members) session.evaluation.run(stage);
  }
}

function compare(members: readonly Computing[], moments: readonly ArrayLike<number>[], stage: number): void {
  const all = members.map(({ session }) => session.evaluation.comparisonsBefore(stage));
  const next = moments.map(() => 0);
  for (;;) {
    const moment = Math.min(...moments.map((each, i) => each[next[i]] ?? Infinity));
    if (moment === Infinity) return;
    const present = moments.flatMap((each, i) => (each[next[i]] === moment ? [i] : []));
    all[0].forEach(({ reducer }, k) => {
      const values = present.map((i) => all[i][k].given[next[i]]);
      const answers = compareMembers(reducer, values);
      present.forEach((i, place) => (all[i][k].compared[next[i]] = answers[place]));
    });
    for (const i of present) next[i]++;
  }
}
