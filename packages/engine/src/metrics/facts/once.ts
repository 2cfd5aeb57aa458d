import type { MetricContext } from "../../metric.js";

/**
 * What was read of a context, by the places of the readings, at the context itself: what a weak map holds outlives the young
 * generation, and trials of a search leave thousands of them. Not enumerable, so that a context made of another starts anew.
 */
const known = Symbol("what was read");
let readings = 0;

type Read = MetricContext & { [known]?: unknown[] };

/** A reading of the context that many metrics share, made on first use and kept as long as the context lives. */
export function once<T>(read: (context: MetricContext) => T): (context: MetricContext) => T {
  const place = readings++;
  return (context: Read) => {
    let facts = context[known];
    if (facts === undefined) Object.defineProperty(context, known, { value: (facts = []) });
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
