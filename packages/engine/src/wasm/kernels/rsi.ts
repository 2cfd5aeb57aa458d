import {
  absolute,
  add,
  divide,
  double,
  integer,
  isEqual,
  multiply,
  negated,
  select,
  subtract,
  type Double,
} from "../code.js";
import type { FusedKernel } from "../fused-kernel.js";
import { ofNumber } from "../operand.js";
import { absent, isAbsent, seededAverages, towards, zero } from "../phrases.js";

export const rsi: FusedKernel = {
  name: "rsi",
  looksBackOn: [0],
  write(draft) {
    const { input, past, parameter, number, local, constant } = draft;
    const weight = constant(divide(double(1), parameter(0)));
    const [gain, loss, change, total, out] = [
      number(),
      number(),
      ...Array.from({ length: 3 }, () => local("f64")),
    ];
    const rise = (by: Double): Double => divide(add(absolute(by), by), double(2));
    const moved = (average: typeof gain, by: Double) => ({
      average,
      value: rise(by),
      next: towards(average.value, rise(by), weight),
    });
    const share = divide(subtract(gain.value, multiply(zero, loss.value)), total.value);
    return {
      step: [
        change.set(subtract(input(0), past(0, integer(8)))),
        seededAverages(
          draft,
          [moved(gain, change.value), moved(loss, negated(change.value))],
          isAbsent(change.value),
          [
            total.set(add(gain.value, loss.value)),
            out.set(select(isEqual(total.value, zero), zero, multiply(double(100), share))),
          ],
          [out.set(absent)],
        ),
      ],
      outputs: [ofNumber(out.value)],
    };
  },
};
