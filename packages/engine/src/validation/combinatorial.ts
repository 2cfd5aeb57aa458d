import { BitFeverError } from "@bitfever/lang";
import { checkParts } from "./k-fold.js";
import { checkCount, cut, trainingBeside, type Distances, type Span, type ValidationSplit } from "./split.js";

export interface CombinatorialOptions extends Distances {
  /** Into how many groups the history is cut. */
  readonly groups: number;
  /** How many of them are tested at a time. */
  readonly testGroups: number;
}

/** One way to choose the groups that are tested. */
export interface CombinatorialSplit extends ValidationSplit {
  /** The groups that are tested, in order. */
  readonly tested: readonly number[];
}

export interface Combinatorial {
  readonly groups: readonly Span[];
  readonly splits: readonly CombinatorialSplit[];
  /** Of each path, of each group, the split that it takes the group's test from: each path tests the whole history once. */
  readonly paths: readonly (readonly number[])[];
}

/** More splits than anybody can run. */
const mostSplits = 20_000;

/**
 * Combinatorial purged cross-validation: every choice of so many groups is tested with what was learnt from the
 * others, and the tests are put together to as many histories as possible, each out of sample from its first session
 * to its last. Of N groups, k at a time, these are k ÷ N × C(N, k) paths: a distribution of results instead of one.
 *
 * Splits are in the order of the combinations of their groups, and the first path takes for each group the first
 * split that tests it, and so on.
 *
 * @param total  of sessions, or of bars
 * @throws BitFeverError BF5122 for numbers that do not fit, and where nothing is left to learn from
 * @source López de Prado 2018, "Advances in Financial Machine Learning", chapter 12
 * @example combinatorial(600, { groups: 6, testGroups: 2 }) has 15 splits and 5 paths
 */
export function combinatorial(
  total: number,
  { groups, testGroups, ...distances }: CombinatorialOptions,
): Combinatorial {
  checkCount("the number of groups", groups, 2);
  checkCount("the number of groups that are tested", testGroups, 1);
  checkParts(total, groups);
  checkChoices(groups, testGroups);
  const spans = cut(total, groups);
  const splits = choices(groups, testGroups).map((tested) => {
    const test = joined(tested.map((group) => spans[group]));
    return { tested, test, train: trainingBeside(total, test, distances) };
  });
  return { groups: spans, splits, paths: pathsOf(groups, splits) };
}

/**
 * Puts what was earned out of sample together to the paths.
 *
 * @param outOfSample  of each split, a value for each of its tested sessions (or bars), in order
 * @returns of each path, a value for each session of the history
 */
export function pathValues(
  { groups, splits, paths }: Combinatorial,
  outOfSample: readonly Float64Array[],
): readonly Float64Array[] {
  const total = groups[groups.length - 1].to;
  const startOf = (split: number, group: number): number =>
    splits[split].tested
      .filter((each) => each < group)
      .reduce((sum, each) => sum + groups[each].to - groups[each].from, 0);
  return paths.map((path) => {
    const values = new Float64Array(total);
    path.forEach((split, group) => {
      const start = startOf(split, group);
      const { from, to } = groups[group];
      values.set(outOfSample[split].subarray(start, start + to - from), from);
    });
    return values;
  });
}

function pathsOf(groups: number, splits: readonly CombinatorialSplit[]): readonly (readonly number[])[] {
  const testedBy = Array.from({ length: groups }, (_, group) =>
    splits.flatMap(({ tested }, split) => (tested.includes(group) ? [split] : [])),
  );
  return testedBy[0].map((_, path) => testedBy.map((each) => each[path]));
}

/** Every way to choose so many of the groups, in the order of a dictionary. */
function choices(groups: number, count: number, first = 0): number[][] {
  if (count === 0) return [[]];
  const found: number[][] = [];
  for (let group = first; group <= groups - count; group++)
    for (const rest of choices(groups, count - 1, group + 1)) found.push([group, ...rest]);
  return found;
}

/** Spans in order, those that touch made one. */
function joined(spans: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  for (const span of spans) {
    const last = found.at(-1);
    if (last?.to === span.from) found[found.length - 1] = { from: last.from, to: span.to };
    else found.push(span);
  }
  return found;
}

function checkChoices(groups: number, testGroups: number): void {
  const refuse = (what: string, hint: string): never => {
    throw new BitFeverError("BF5122", what, { hint });
  };
  if (testGroups >= groups)
    refuse(`${testGroups} of ${groups} groups leave none to learn from`, "test fewer groups at a time");
  let count = 1;
  for (let i = 1; i <= testGroups; i++) count = (count * (groups - testGroups + i)) / i;
  if (count > mostSplits)
    refuse(
      `${testGroups} of ${groups} groups can be chosen in ${Math.round(count)} ways, and ${mostSplits} are the most`,
      "take fewer groups, as 6 or 10 with 2 tested at a time",
    );
}
