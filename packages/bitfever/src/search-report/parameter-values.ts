import type { Dimension } from "@bitfever/engine";
import { intervalMs } from "@bitfever/lang";
import type { ParameterValue } from "../parameters.js";
import type { PageParameter } from "../report/page-data.js";

/** How the values of a searched parameter lie on an axis. */
interface ParameterAxis extends Pick<PageParameter, "name" | "names" | "from" | "to" | "isDuration"> {
  readonly numberOf: (value: ParameterValue) => number;
}

/** @param given  values as one gives them: of choices, all that are to have a place */
export function parameterAxis(dimension: Dimension, given: readonly ParameterValue[]): ParameterAxis {
  const { name } = dimension;
  const numberOf = (value: ParameterValue): number =>
    typeof value === "string" ? (intervalMs(value) ?? NaN) : Number(value);
  if (dimension.kind === "choices") {
    const names = [...new Set(given.map(String))].sort();
    if (dimension.isOrdered)
      names.sort((a, b) => (intervalMs(a) ?? Number(a)) - (intervalMs(b) ?? Number(b)));
    const placeOf = (value: ParameterValue): number => names.indexOf(String(value));
    return { name, names, from: 0, to: Math.max(1, names.length - 1), isDuration: false, numberOf: placeOf };
  }
  const { from } = dimension;
  const to = dimension.kind === "interval" ? dimension.to : from + (dimension.count - 1) * dimension.step;
  // What is written as a text is a length of time.
  const isDuration = given.some((each) => typeof each === "string");
  return { name, names: null, from, to, isDuration, numberOf };
}
