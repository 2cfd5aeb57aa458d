import {
  requirementsOf,
  type Catalogue,
  type Parameter,
  type ParameterValues,
  type Program,
} from "@bitfever/lang";

/** What one parameter may be. A parameter with a single value is none: it is fixed. */
export type Dimension = { readonly name: string } & (
  | {
      /** Any number from `from` to `to`, both among them. */
      readonly kind: "interval";
      readonly from: number;
      readonly to: number;
      /** Whether ratios count, and not differences. */
      readonly logarithmic: boolean;
    }
  | {
      /** `count` numbers, at least two, the first of them `from`, each `step` above the one before. */
      readonly kind: "steps";
      readonly from: number;
      readonly step: number;
      readonly count: number;
      readonly logarithmic: boolean;
    }
  | {
      /** At least two values, each once. Numbers are in ascending order; members of an enum have none, nor have bools. */
      readonly kind: "choices";
      readonly values: readonly number[];
      readonly isOrdered: boolean;
    }
);

/** A value for each dimension, in their order. Values are numbers as a plan takes them: a bool is 0 or 1. */
export type Point = readonly number[];

/** What a search may try. */
export interface Space {
  /** In the order in which the program declares them. */
  readonly dimensions: readonly Dimension[];
  /** Parameters that have no range, or only one value in it. */
  readonly fixed: ParameterValues;
  /** Whether every `require` of the program holds. */
  readonly isFeasible: (point: Point) => boolean;
}

/** The search space of a program: its parameters with ranges, and its `require`s. */
export function spaceOf(program: Program, catalogue: Catalogue): Space {
  const dimensions = program.parameters.map(dimensionOf).filter((each) => each !== null);
  const searched = new Set(dimensions.map(({ name }) => name));
  const fixed = Object.fromEntries(
    program.parameters.filter(({ name }) => !searched.has(name)).map((each) => [each.name, each.default]),
  );
  const holds = requirementsOf(program, catalogue);
  const isFeasible = (point: Point): boolean => holds(valuesAt({ dimensions, fixed }, point));
  return { dimensions, fixed, isFeasible: program.requirements.length === 0 ? () => true : isFeasible };
}

/** Values of all parameters of the program at a point, as a plan is specialised for them. */
export function valuesAt(
  { dimensions, fixed }: Pick<Space, "dimensions" | "fixed">,
  point: Point,
): ParameterValues {
  const values: Record<string, number> = { ...fixed };
  dimensions.forEach(({ name }, i) => {
    values[name] = point[i];
  });
  return values;
}

/** How many values a dimension has; Infinity for an interval. */
export function countOf(dimension: Dimension): number {
  switch (dimension.kind) {
    case "interval":
      return Infinity;
    case "steps":
      return dimension.count;
    case "choices":
      return dimension.values.length;
  }
}

/** The value at a place from 0 on of a dimension that is no interval. */
export function valueAt(dimension: Exclude<Dimension, { kind: "interval" }>, place: number): number {
  return dimension.kind === "choices" ? dimension.values[place] : onGrid(dimension, place);
}

/** The place of the nearest value of a dimension that is no interval. */
export function placeOf(dimension: Exclude<Dimension, { kind: "interval" }>, value: number): number {
  if (dimension.kind === "steps") {
    const place = Math.round((value - dimension.from) / dimension.step);
    return Math.min(Math.max(place, 0), dimension.count - 1);
  }
  let nearest = 0;
  dimension.values.forEach((each, i) => {
    if (Math.abs(each - value) < Math.abs(dimension.values[nearest] - value)) nearest = i;
  });
  return nearest;
}

/** Numbers that a trader would write: 0.3 and not 0.30000000000000004. */
function onGrid({ from, step }: { readonly from: number; readonly step: number }, place: number): number {
  const value = from + place * step;
  return place === 0 || Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

function dimensionOf({ name, type, range }: Parameter): Dimension | null {
  if (range === null) return null;
  if (range.kind === "choices") {
    const values = [...new Set(range.values)];
    const isOrdered = type !== "enum" && type !== "bool";
    if (isOrdered) values.sort((a, b) => a - b);
    return values.length < 2 ? null : { name, kind: "choices", values, isOrdered };
  }
  const { from, to, logarithmic } = range;
  // Counts are whole, and so are lengths of time, in milliseconds.
  const isWhole = type === "bars" || type === "int" || type === "duration";
  const step = range.step ?? (isWhole ? 1 : null);
  if (step === null) return { name, kind: "interval", from, to, logarithmic };
  // The last step of 0..1 step 0.1 falls short of 1 by the rounding of 0.1.
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  return count < 2 ? null : { name, kind: "steps", from, step, count, logarithmic };
}
