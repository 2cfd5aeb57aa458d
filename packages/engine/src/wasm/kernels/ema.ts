import { add, divide, double, multiply, subtract } from "../code.js";
import type { FusedKernel } from "../fused-kernel.js";
import { isAbsent, seededAverage } from "../phrases.js";

export const ema: FusedKernel = {
  name: "ema",
  looksBackOn: [],
  write(draft) {
    const weight = draft.constant(divide(double(2), add(draft.parameter(0), double(1))));
    const value = draft.input(0);
    return seededAverage(draft, value, isAbsent(value), (average) =>
      add(multiply(subtract(value, average), weight), average),
    );
  },
};
