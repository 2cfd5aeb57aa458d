import { add, divide, double, integer, isGreater, isLess, select, subtract } from "../code.js";
import type { FusedKernel } from "../fused-kernel.js";
import { isAbsent, seededAverage, towards } from "../phrases.js";

export const atr: FusedKernel = {
  name: "atr",
  looksBackOn: [2],
  write(draft) {
    const { input, past, parameter, local, constant } = draft;
    const weight = constant(divide(double(1), parameter(0)));
    const [previous, range] = [local("f64"), local("f64")];
    const [top, bottom] = [input(0), input(1)];
    const highest = select(isGreater(top, previous.value), top, previous.value);
    const lowest = select(isLess(bottom, previous.value), bottom, previous.value);
    const isMissing = isAbsent(add(add(previous.value, top), bottom));
    return seededAverage(draft, range.value, isMissing, (average) => towards(average, range.value, weight), [
      previous.set(past(2, integer(8))),
      range.set(subtract(highest, lowest)),
    ]);
  },
};
