import { againstChance, intervalOf, randomOf, significance, spellsOf, type Metric } from "@bitfever/engine";
import type { Chance } from "./result.js";
import { heldAtRandom } from "./switching.js";

export interface RandomOptions {
  /** How often; the smallest p-value is one part in one more. */
  readonly runs: number;
  /** The same seed draws the same. */
  readonly seed: number;
}

/** The sessions of a system held or not, and the first of them that counts. */
export interface Switching {
  readonly held: Uint8Array;
  readonly from: number;
}

/** Whether it is ever held and ever not, of the sessions that count. */
export const isSwitched = ({ held, from }: Switching): boolean => {
  const counted = held.subarray(from);
  return spellsOf(counted) > 0 && counted.includes(0);
};

/**
 * What random switching comes to: each system is held for as many sessions as its filter held it, in as many spells,
 * wherever chance puts them, and is run with its costs like any other.
 *
 * @param run  the objective of a run with the given sessions held
 */
export function* drawChance(
  switchings: readonly Switching[],
  run: (held: readonly Uint8Array[]) => number | null,
  { value, metric, runs, seed }: RandomOptions & { readonly value: number | null; readonly metric: Metric },
): Generator<"run", { readonly chance: Chance; readonly draws: readonly (number | null)[] }> {
  const random = randomOf(seed);
  const draws: (number | null)[] = [];
  for (let i = 0; i < runs; i++) {
    draws.push(run(switchings.map(({ held, from }) => heldAtRandom(held, from, random))));
    yield "run";
  }
  const known = draws.filter((each) => each !== null);
  return {
    chance: {
      ...{ runs, seed, value },
      ...againstChance(metric, value, draws),
      draws: known.length === draws.length ? intervalOf(known) : null,
    },
    draws,
  };
}

/** In plain words whether the filters did more than chance. */
export function verdictOf(chance: Chance | null, isEverSwitched: boolean): string {
  if (!isEverSwitched) return "nothing was ever switched, so there is nothing to compare with chance";
  if (chance === null) return "not compared with chance";
  const { pValue, runs } = chance;
  const p = `p = ${pValue.toFixed(3)}, of ${runs} random switchings`;
  return pValue > significance ? `no better than chance (${p})` : `better than chance (${p})`;
}
