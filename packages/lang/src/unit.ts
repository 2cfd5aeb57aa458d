/**
 * Units are exponents over the dimensions a trader would name, so that `price * quantity` is money by
 * arithmetic and not by a table. They exist at compile time only.
 */
export interface Unit {
  readonly price: number;
  readonly quantity: number;
  readonly bars: number;
  readonly time: number;
}

const unit = (exponents: Partial<Unit>): Unit => ({ price: 0, quantity: 0, bars: 0, time: 0, ...exponents });

export const units = {
  ratio: unit({}),
  price: unit({ price: 1 }),
  quantity: unit({ quantity: 1 }),
  money: unit({ price: 1, quantity: 1 }),
  bars: unit({ bars: 1 }),
  duration: unit({ time: 1 }),
} as const;

export type UnitName = keyof typeof units;

const dimensions = ["price", "quantity", "bars", "time"] as const;

function combine(a: Unit, b: Unit, sign: 1 | -1): Unit {
  const exponents = dimensions.map((name) => [name, a[name] + sign * b[name]] as const);
  return Object.fromEntries(exponents) as unknown as Unit;
}

export const multiplyUnits = (a: Unit, b: Unit): Unit => combine(a, b, 1);
export const divideUnits = (a: Unit, b: Unit): Unit => combine(a, b, -1);
/** The unit whose square this is; null where there is none. */
export function rootUnit(given: Unit): Unit | null {
  if (dimensions.some((name) => given[name] % 2 !== 0)) return null;
  return unit(Object.fromEntries(dimensions.map((name) => [name, given[name] / 2])));
}

export const sameUnit = (a: Unit, b: Unit): boolean => dimensions.every((name) => a[name] === b[name]);

/** The trader's word for a unit; a product of powers where there is none. */
export function unitName(given: Unit): string {
  for (const [name, each] of Object.entries(units))
    if (sameUnit(each, given)) return name === "ratio" ? "number" : name;
  const power = (name: (typeof dimensions)[number]): string =>
    given[name] === 1 ? name : `${name}^${given[name]}`;
  return dimensions
    .filter((name) => given[name] !== 0)
    .map(power)
    .join("·");
}
