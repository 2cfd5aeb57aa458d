/*
 * What trading may cost beyond a share of the value: `commission per_unit(0.005, minimum: 1)`. The words and what they
 * take stand here; what they come to is worked out by the engine.
 */

/** A cost model with its parameters, in the order of the model. */
export interface CostModel {
  readonly model: string;
  readonly parameters: readonly (number | null)[];
}

export interface CostParameter {
  readonly name: string;
  /** A `ratio` is a share below the whole, a `yield` one that may be negative, a `factor` any number from 0 on. */
  readonly unit: "ratio" | "yield" | "factor" | "ticks" | "hours" | "money" | "price";
  /** Left out it is this, where null is none; without, it must be given. */
  readonly default?: number | null;
  /** From −1% on; below zero it is a rebate. */
  readonly mayBeRebate?: true;
}

export type CostModels = Readonly<Record<string, readonly CostParameter[]>>;

/** The values of parameters that are what they must be: null only where one that is left out is none. */
export type CostValues<Parameters extends readonly CostParameter[]> = {
  readonly [Place in keyof Parameters]: Parameters[Place] extends { name: string; default?: number }
    ? number
    : number | null;
};

const minimum = { name: "minimum", unit: "money", default: 0 } as const;

/** From so much traded in thirty days on, another rate; never where it is left out. */
const tier = (place: number): readonly CostParameter[] => [
  { name: `from_${place}`, unit: "money", default: null },
  { name: `rate_${place}`, unit: "ratio", default: null },
];

export const commissionModels = {
  share: [{ name: "rate", unit: "ratio" }, minimum, { name: "maximum", unit: "money", default: null }],
  per_unit: [{ name: "amount", unit: "price" }, minimum, { name: "maximum", unit: "ratio", default: null }],
  per_order: [{ name: "amount", unit: "money" }],
  maker_taker: [
    { name: "maker", unit: "ratio", mayBeRebate: true },
    { name: "taker", unit: "ratio" },
  ],
  tiered: [{ name: "rate", unit: "ratio" }, ...tier(2), ...tier(3), ...tier(4), ...tier(5)],
} as const satisfies CostModels;

export const slippageModels = {
  ticks: [{ name: "count", unit: "ticks" }],
  share: [{ name: "rate", unit: "ratio" }],
  spread: [{ name: "width", unit: "ratio" }],
  volume_share: [{ name: "impact", unit: "factor" }],
  square_root: [{ name: "impact", unit: "factor" }],
} as const satisfies CostModels;

/** Costs of holding, charged for each night or at their times. */
export const carryModels = {
  borrow: [{ name: "rate", unit: "ratio" }],
  overnight: [
    { name: "long", unit: "yield" },
    { name: "short", unit: "yield" },
  ],
  funding: [
    { name: "rate", unit: "yield" },
    { name: "hours", unit: "hours", default: 8 },
  ],
  interest: [{ name: "rate", unit: "ratio" }],
} as const satisfies CostModels;

export type CarryModelName = keyof typeof carryModels;
export type CommissionModelName = keyof typeof commissionModels;
export type SlippageModelName = keyof typeof slippageModels;

/** How a model is written: `per_unit(amount, minimum: 0, maximum: none)`. */
export const usageOf = (name: string, parameters: readonly CostParameter[]): string =>
  `${name}(${parameters.map((each) => (each.default === undefined ? each.name : `${each.name}: …`)).join(", ")})`;

/** What a parameter of a model must be, for messages; null where it is. */
export function misfit({ unit, mayBeRebate }: CostParameter, value: number): string | null {
  switch (unit) {
    case "ratio":
      if (mayBeRebate === true) return value >= -0.01 && value < 1 ? null : "a share from −1% to below 100%";
      return value >= 0 && value < 1 ? null : "a share from 0% to below 100%";
    case "yield":
      return value > -1 && value < 1 ? null : "a share from above −100% to below 100%";
    case "hours":
      return Number.isSafeInteger(value) && value >= 1 && value <= 24 ? null : "whole hours from 1 to 24";
    case "ticks":
      return Number.isSafeInteger(value) && value >= 0 ? null : "a whole number of ticks";
    case "factor":
    case "money":
    case "price":
      return value >= 0 && value < Infinity ? null : "0 or more";
  }
}
