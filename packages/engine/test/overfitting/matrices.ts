import { randomOf } from "../../src/random.js";

/* Returns of many trials, from a seed. */

/** So many rows of uniform numbers 4% wide, `lift` added to the fourth row: simple enough to be made elsewhere too. */
export function uniformRows(seed: number, trials: number, sessions: number, lift: number): Float64Array[] {
  const random = randomOf(seed);
  return Array.from({ length: trials }, (_, trial) =>
    Float64Array.from({ length: sessions }, () => (random() - 0.5) * 0.04 + (trial === 3 ? lift : 0)),
  );
}

/** Standard normal numbers (Box and Muller). */
export const normalOf = (random: () => number) => (): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

type Rows = (normal: () => number, trials: number, sessions: number) => Float64Array[];

const independent: Rows = (normal, trials, sessions) =>
  Array.from({ length: trials }, () => Float64Array.from({ length: sessions }, () => 0.01 * normal()));

/** Student's t with four degrees of freedom: losses and gains of many deviations. */
const heavyTailed: Rows = (normal, trials, sessions) => {
  const chi = (): number => (normal() ** 2 + normal() ** 2 + normal() ** 2 + normal() ** 2) / 4;
  return Array.from({ length: trials }, () =>
    Float64Array.from({ length: sessions }, () => (0.01 * normal()) / Math.sqrt(chi())),
  );
};

/** Every two correlated by a half. */
const resembling: Rows = (normal, trials, sessions) => {
  const common = Float64Array.from({ length: sessions }, normal);
  return Array.from({ length: trials }, () => common.map((each) => 0.01 * Math.SQRT1_2 * (each + normal())));
};

/** Ten strategies in as many variants each: correlated by 0.8 within. */
const grouped: Rows = (normal, trials, sessions) => {
  const common = Array.from({ length: 10 }, () => Float64Array.from({ length: sessions }, normal));
  return Array.from({ length: trials }, (_, trial) =>
    common[trial % 10].map((each) => 0.01 * (Math.sqrt(0.8) * each + Math.sqrt(0.2) * normal())),
  );
};

/** Moves that make the next one larger: quiet and wild times, the same for all trials. */
const clustered: Rows = (normal, trials, sessions) => {
  let variance = 1;
  const sizes = Float64Array.from({ length: sessions }, () => {
    variance = 0.05 + variance * (0.1 * normal() ** 2 + 0.85);
    return 0.01 * Math.sqrt(variance);
  });
  return Array.from({ length: trials }, () => sizes.map((size) => size * normal()));
};

/** What a session earns goes on in part in the next one: correlated by 0.2 from session to session. */
const lingering: Rows = (normal, trials, sessions) =>
  Array.from({ length: trials }, () => {
    let value = normal();
    return Float64Array.from({ length: sessions }, () => {
      value = 0.2 * value + Math.sqrt(0.96) * normal();
      return 0.01 * value;
    });
  });

/** Crosses of two moving averages, long and short, on prices that walk at random: a grid as people search it. */
const crosses: Rows = (normal, trials, sessions) => {
  // As far as the longest average of a thousand trials looks back.
  const before = 200;
  const moves = Float64Array.from({ length: sessions + before }, () => 0.01 * normal());
  const sums = [0];
  let price = 0;
  for (const move of moves) sums.push(sums[sums.length - 1] + (price += move));
  const average = (at: number, length: number): number => (sums[at + 1] - sums[at + 1 - length]) / length;
  const side = Math.ceil(Math.sqrt(trials));
  return Array.from({ length: trials }, (_, trial) => {
    const fast = 2 + 2 * Math.floor(trial / side);
    const slow = fast + 4 * (1 + (trial % side));
    // What is held over a session was decided at the close before it.
    return Float64Array.from({ length: sessions }, (_, i) => {
      const at = before + i;
      return Math.sign(average(at - 1, fast) - average(at - 1, slow)) * moves[at];
    });
  });
};

/** Searches in which nothing is to be found, by what their trials have in common. */
export const noise: Readonly<Record<string, Rows>> = {
  independent,
  heavyTailed,
  resembling,
  grouped,
  clustered,
  lingering,
  crosses,
};
