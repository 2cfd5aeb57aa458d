import { simple } from "../../moving-average.js";
import { negligible } from "../../negligible.js";
import { add, divide, double, isLess, multiply, select, squareRoot, subtract, type Double } from "../code.js";
import type { FusedKernel } from "../fused-kernel.js";
import { ofNumber } from "../operand.js";
import { absent, slidingSums, zero } from "../phrases.js";

/** Around a simple average. */
export const bbands: FusedKernel = {
  name: "bbands",
  looksBackOn: [0],
  takes: ([, , , average]) => average === simple,
  write(draft) {
    const { parameter, number, local } = draft;
    const [sum, squares] = [number(), number()];
    const [upper, mean, lower, variance, deviation] = Array.from({ length: 5 }, () => local("f64"));
    const sums = [
      { sum, of: (value: Double) => value },
      { sum: squares, of: (value: Double) => multiply(value, value) },
    ];
    const full = [
      mean.set(divide(sum.value, parameter(0))),
      variance.set(subtract(divide(squares.value, parameter(0)), multiply(mean.value, mean.value))),
      deviation.set(select(isLess(variance.value, double(negligible)), zero, squareRoot(variance.value))),
      upper.set(add(mean.value, multiply(parameter(1), deviation.value))),
      lower.set(subtract(mean.value, multiply(parameter(2), deviation.value))),
    ];
    const filling = [upper, mean, lower].map((each) => each.set(absent));
    return {
      step: slidingSums(draft, sums, full, filling),
      outputs: [ofNumber(upper.value), ofNumber(mean.value), ofNumber(lower.value)],
    };
  },
};
