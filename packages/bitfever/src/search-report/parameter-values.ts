import type { Dimension } from "@bitfever/engine";
import { intervalMs } from "@bitfever/lang";
import type { ParameterValue } from "../parameters.js";
import type { PageParameter } from "../report/page-data.js";

/** How the values of a searched parameter lie on an axis. */
interface ParameterAxis extends Pick<PageParameter, "name" | "names" | "from" | "to" | "isDuration"> {
  readonly numberOf: (value: ParameterValue) => number;
}

/** @param given  values as one gives them: of what has no order, all that are to have a place */
export function parameterAxis(dimension: Dimension, given: readonly ParameterValue[]): ParameterAxis {
  const { name } = dimension;
  if (dimension.kind === "choices" && !dimension.isOrdered) {
    const names = [...new Set(given.map(String))].sort();
    const numberOf = (value: ParameterValue): number => names.indexOf(String(value));
    return { name, names, from: 0, to: Math.max(1, names.length - 1), isDuration: false, numberOf };
  }
  const [from, to] = rangeOf(dimension);
  // What has an order and is written as a text is a length of time.
  const isDuration = given.some((each) => typeof each === "string");
  const numberOf = (value: ParameterValue): number =>
    typeof value === "string" ? (intervalMs(value) ?? NaN) : Number(value);
  return { name, names: null, from, to, isDuration, numberOf };
}

/** The lowest and the highest of a dimension that has an order. */
function rangeOf(dimension: Dimension): readonly [number, number] {
  switch (dimension.kind) {
    case "interval":
      return [dimension.from, dimension.to];
    case "steps":
      return [dimension.from, dimension.from + (dimension.count - 1) * dimension.step];
    case "choices":
      return [dimension.values[0], dimension.values[dimension.values.length - 1]];
  }
}
