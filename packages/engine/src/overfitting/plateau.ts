import { unknown, type Unknown } from "../metric.js";

/** Trials as places of a space of parameters, with what came of each. */
export interface PlateauInput {
  /**
   * Of each trial the value of each parameter: of one with an order in steps of its grid (of its logarithm, where that is
   * how it is searched), of a choice its number.
   */
  readonly points: readonly ArrayLike<number>[];
  readonly kinds: readonly ("ordered" | "choice")[];
  /** The objective of each trial, NaN where it has none. Doing nothing has an objective of 0. */
  readonly values: ArrayLike<number>;
  readonly better: "higher" | "lower";
  /** Which trial was chosen. */
  readonly chosen: number;
}

export interface Plateau {
  /** Mean share of the chosen value that trials near it keep, nearer ones counting more: 0 a lonely peak, 1 a plateau. */
  readonly score: number;
  /** The same of the one near it that keeps least. */
  readonly least: number;
  /** What it is told from. */
  readonly basis: StepsBasis | NearestBasis;
}

/** Trials one and two steps away along one parameter each; those two steps away count half. */
export interface StepsBasis {
  readonly kind: "steps";
  readonly found: number;
  /** How many there would be within the range of what was tried. */
  readonly possible: number;
}

/** The nearest trials, wherever they are; they count less, the further away they are. */
export interface NearestBasis {
  readonly kind: "nearest";
  readonly found: number;
  /** Mean distance, each parameter in shares of the range that was tried. */
  readonly meanDistance: number;
}

interface Near {
  readonly trial: number;
  readonly weight: number;
}

/**
 * How much of the value of the chosen trial its neighbourhood keeps. Trials with another choice are no neighbours: they
 * are another system. Where fewer than half of the steps around it were tried, as in a random search, the nearest trials
 * are asked instead, four for each parameter, with weights that fall to 0 at the next one after them.
 *
 * A plateau is no proof: what resembles one another shares its luck too.
 *
 * @returns Unknown where the chosen value is not above 0, and where no other trial is near
 * @source Pardo 2008, "The Evaluation and Optimization of Trading Strategies", chapter 11, for the idea; the weights of
 * nearest trials are the triangular kernel of Fan & Gijbels 1996, "Local Polynomial Modelling and Its Applications"
 */
export function plateauOf(input: PlateauInput): Plateau | Unknown {
  const { values, chosen } = input;
  if (!(values[chosen] > 0)) return unknown("the chosen value is not above 0");
  const steps = stepsAround(input);
  const isGrid = steps.near.length > 0 && 2 * steps.near.length >= steps.possible;
  const nearest = isGrid ? null : nearestTo(input);
  const near = nearest === null ? steps.near : nearest.near;
  if (near.length === 0) return unknown("no other trial is near it");
  const kept = near.map(({ trial }) => keptBy(input, trial));
  const weight = near.reduce((sum, each) => sum + each.weight, 0);
  return {
    score: kept.reduce((sum, each, i) => sum + each * near[i].weight, 0) / weight,
    least: Math.min(...kept),
    basis:
      nearest === null
        ? { kind: "steps", found: near.length, possible: steps.possible }
        : { kind: "nearest", found: near.length, meanDistance: nearest.meanDistance },
  };
}

/** The share of the chosen value that a trial has, from 0 to 1. */
function keptBy({ values, better, chosen }: PlateauInput, trial: number): number {
  const [value, best] = [values[trial], values[chosen]];
  if (Number.isNaN(value)) return 0;
  if (better === "lower") return value > best ? best / value : 1;
  return Math.max(0, Math.min(1, value / best));
}

/** How far a step may lie beside a whole one by rounding. */
const rounding = 1e-6;

function stepsAround({ points, kinds, chosen }: PlateauInput): { near: Near[]; possible: number } {
  const here = points[chosen];
  const near: Near[] = [];
  const found = new Set<string>();
  for (const [trial, point] of points.entries()) {
    const apart = kinds.map((_, i) => point[i] - here[i]);
    const along = apart.findIndex((each) => Math.abs(each) > rounding);
    if (along < 0 || kinds[along] === "choice") continue;
    if (apart.some((each, i) => i !== along && Math.abs(each) > rounding)) continue;
    const steps = Math.round(apart[along]);
    if (Math.abs(steps) > 2 || Math.abs(apart[along] - steps) > rounding) continue;
    // The same point may have been tried twice.
    if (found.has(`${along} ${steps}`)) continue;
    found.add(`${along} ${steps}`);
    near.push({ trial, weight: 1 / Math.abs(steps) });
  }
  const ranges = rangesOf(points, kinds);
  const possible = kinds.map((kind, i) => {
    const isInside = (steps: number): boolean =>
      here[i] + steps > ranges[i].low - rounding && here[i] + steps < ranges[i].high + rounding;
    return kind === "choice" ? 0 : [-2, -1, 1, 2].filter(isInside).length;
  });
  return { near, possible: possible.reduce((sum, each) => sum + each, 0) };
}

function nearestTo({ points, kinds, chosen }: PlateauInput): { near: Near[]; meanDistance: number } {
  const here = points[chosen];
  const ranges = rangesOf(points, kinds);
  const others = points
    .map((point, trial) => ({ trial, distance: distanceOf(point, here, kinds, ranges) }))
    .filter(({ trial, distance }) => trial !== chosen && distance > 0 && Number.isFinite(distance))
    .sort((a, b) => a.distance - b.distance || a.trial - b.trial);
  const count = 4 * kinds.filter((kind) => kind === "ordered").length;
  const near = others.slice(0, count);
  // Without a next one the furthest itself counts a little.
  const reach = others[count]?.distance ?? 1.1 * (near.at(-1)?.distance ?? 0);
  const isRing = near.every(({ distance }) => distance >= reach);
  return {
    near: near.map(({ trial, distance }) => ({ trial, weight: isRing ? 1 : 1 - distance / reach })),
    meanDistance: near.reduce((sum, { distance }) => sum + distance, 0) / Math.max(1, near.length),
  };
}

interface Range {
  readonly low: number;
  readonly high: number;
}

const rangesOf = (points: PlateauInput["points"], kinds: PlateauInput["kinds"]): readonly Range[] =>
  kinds.map((_, i) => ({
    low: points.reduce((low, point) => Math.min(low, point[i]), Infinity),
    high: points.reduce((high, point) => Math.max(high, point[i]), -Infinity),
  }));

/** Each parameter in shares of its range; infinite to another choice. */
function distanceOf(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  kinds: PlateauInput["kinds"],
  ranges: readonly Range[],
): number {
  let squares = 0;
  for (const [i, kind] of kinds.entries()) {
    if (a[i] === b[i]) continue;
    if (kind === "choice") return Infinity;
    squares += ((a[i] - b[i]) / (ranges[i].high - ranges[i].low)) ** 2;
  }
  return Math.sqrt(squares);
}
