import type { MetricContext } from "../../metric.js";

/** A reading of the context that many metrics share, made on first use and kept as long as the context lives. */
export function once<T>(read: (context: MetricContext) => T): (context: MetricContext) => T {
  const known = new WeakMap<MetricContext, { readonly value: T }>();
  return (context) => {
    let entry = known.get(context);
    if (entry === undefined) {
      entry = { value: read(context) };
      known.set(context, entry);
    }
    return entry.value;
  };
}
