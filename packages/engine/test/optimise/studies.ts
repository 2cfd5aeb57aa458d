import fc from "fast-check";
import type { Proposal, Search, Trial } from "../../src/optimise/method.js";
import { shareOf } from "../../src/optimise/scale.js";
import type { Dimension, Point, Space } from "../../src/optimise/space.js";

/** What a trial comes to at a point. */
export type Evaluate = (point: Point, fidelity: number) => Pick<Trial, "objectives" | "violation">;

export const answer = (proposal: Proposal, evaluate: Evaluate): Trial => ({
  ...proposal,
  ...evaluate(proposal.point, proposal.fidelity),
});

/** The trials of a search that is answered at once, batch by batch. */
export function batchesOf(search: Search, evaluate: Evaluate): readonly (readonly Trial[])[] {
  const batches: (readonly Trial[])[] = [];
  for (let asked = search.ask(); asked.length > 0; asked = search.ask()) {
    const answers = asked.map((each) => answer(each, evaluate));
    batches.push(answers);
    search.tell(answers);
  }
  return batches;
}

export const runStudy = (search: Search, evaluate: Evaluate): readonly Trial[] =>
  batchesOf(search, evaluate).flat();

/** One objective without constraints, more is better. */
export const maximising =
  (of: (point: Point) => number): Evaluate =>
  (point) => ({ objectives: [of(point)], violation: 0 });

/** The cube from `from` to `to` in so many dimensions, without steps. */
export function cube(size: number, from: number, to: number): Space {
  const dimensions = Array.from({ length: size }, (_, i): Dimension => ({
    name: `x${i + 1}`,
    kind: "interval",
    from,
    to,
    logarithmic: false,
  }));
  return { dimensions, fixed: {}, isFeasible: () => true };
}

const kinds: fc.Arbitrary<Dimension> = fc.oneof(
  fc.constantFrom<Dimension>(
    { name: "x", kind: "interval", from: -5, to: 5, logarithmic: false },
    { name: "x", kind: "interval", from: 0.001, to: 10, logarithmic: true },
    { name: "x", kind: "choices", values: [0, 1, 2, 3], isOrdered: false },
    { name: "x", kind: "choices", values: [1, 0], isOrdered: false },
    { name: "x", kind: "choices", values: [1, 1.5, 2, 5], isOrdered: true },
  ),
  fc
    .record({ step: fc.constantFrom(0.1, 1, 5), count: fc.integer({ min: 2, max: 30 }), log: fc.boolean() })
    .map(({ step, count, log }): Dimension => ({
      ...{ name: "x", kind: "steps", from: step, step, count, logarithmic: log },
    })),
);

/** Spaces of all kinds, some with a `require`, a few so narrow that most of them is not allowed. */
export const spaces: fc.Arbitrary<Space> = fc
  .record({
    kinds: fc.array(kinds, { minLength: 1, maxLength: 4 }),
    requirement: fc.constantFrom("none", "none", "ascending", "low", "few"),
  })
  .map(({ kinds: found, requirement }) => {
    const dimensions = found.map((each, i) => ({ ...each, name: `x${i + 1}` }));
    const shares = (point: Point): readonly number[] => point.map((each, i) => shareOf(dimensions[i], each));
    const isFeasible = (point: Point): boolean => {
      const at = shares(point);
      if (requirement === "ascending") return at.every((each, i) => i === 0 || at[i - 1] <= each + 0.2);
      if (requirement === "low") return at.reduce((sum, each) => sum + each, 0) <= 0.6 * at.length;
      return requirement === "none" || at.every((each) => each <= 0.4);
    };
    return { dimensions, fixed: {}, isFeasible };
  });

/** Outcomes that look like chance and are the same at the same point. */
const noise = (point: Point, salt: number): number => {
  const value =
    Math.sin(point.reduce((sum, each, i) => sum + each * (12.9898 + i * 7.13), salt)) * 43758.5453;
  return value - Math.floor(value);
};

export const evaluations: Readonly<Record<string, (objectives: number) => Evaluate>> = {
  "a smooth hill": (objectives) => (point) => ({
    objectives: Array.from({ length: objectives }, (_, k) =>
      point.reduce((sum, each) => sum - (each - 1 - k) ** 2, 0),
    ),
    violation: 0,
  }),
  noise: (objectives) => (point) => ({
    objectives: Array.from({ length: objectives }, (_, k) => noise(point, k)),
    violation: 0,
  }),
  "all the same": (objectives) => () => ({
    objectives: Array.from({ length: objectives }, () => 1),
    violation: 0,
  }),
  "all failed": (objectives) => () => ({
    objectives: Array.from({ length: objectives }, () => NaN),
    violation: 0,
  }),
  "some failed, some without bounds, some violating": (objectives) => (point) => {
    const drawn = noise(point, 17);
    const value = drawn < 0.2 ? NaN : drawn < 0.3 ? Infinity : drawn < 0.4 ? -Infinity : drawn;
    return {
      objectives: Array.from({ length: objectives }, (_, k) => (k === 0 ? value : noise(point, k))),
      violation: drawn > 0.7 ? drawn : drawn > 0.65 ? Infinity : 0,
    };
  },
};
