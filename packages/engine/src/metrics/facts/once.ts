import type { MetricContext } from "../../metric.js";

/** What was read of each context that lives, by the places of the readings. */
const known = new WeakMap<MetricContext, unknown[]>();
let readings = 0;

/** A reading of the context that many metrics share, made on first use and kept as long as the context lives. */
export function once<T>(read: (context: MetricContext) => T): (context: MetricContext) => T {
  const place = readings++;
  return (context) => {
    let facts = known.get(context);
    if (facts === undefined) known.set(context, (facts = []));
    let fact = facts[place] as { readonly value: T } | undefined;
    if (fact === undefined) facts[place] = fact = { value: read(context) };
    return fact.value;
  };
}

/** The same of a column that many contexts have in common: read for the first of them. */
export function onceOf<T>(read: (column: Float64Array) => T): (column: Float64Array) => T {
  const found = new WeakMap<Float64Array, { readonly value: T }>();
  return (column) => {
    let fact = found.get(column);
    if (fact === undefined) found.set(column, (fact = { value: read(column) }));
    return fact.value;
  };
}
