import { add, divide, double, isGreater, isLess, integer, multiply, select, subtract } from "../code.js";
import type { FusedKernel } from "../fused-kernel.js";
import { ofNumber } from "../operand.js";
import { absent, isAbsent, seededAverages } from "../phrases.js";

export const atr: FusedKernel = {
  name: "atr",
  looksBackOn: [2],
  write(draft) {
    const { input, past, parameter, number, local, constant } = draft;
    const weight = constant(divide(double(1), parameter(0)));
    const [average, out] = [number(), local("f64")];
    const [previous, range] = [local("f64"), local("f64")];
    const [top, bottom] = [input(0), input(1)];
    const highest = select(isGreater(top, previous.value), top, previous.value);
    const lowest = select(isLess(bottom, previous.value), bottom, previous.value);
    const next = add(average.value, multiply(subtract(range.value, average.value), weight));
    return {
      step: [
        previous.set(past(2, integer(8))),
        range.set(subtract(highest, lowest)),
        seededAverages(
          draft,
          [{ average, value: range.value, next }],
          isAbsent(add(add(previous.value, top), bottom)),
          [out.set(average.value)],
          [out.set(absent)],
        ),
      ],
      outputs: [ofNumber(out.value)],
    };
  },
};
