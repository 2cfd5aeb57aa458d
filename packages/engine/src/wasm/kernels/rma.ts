import { divide, double } from "../code.js";
import type { FusedKernel } from "../fused-kernel.js";
import { isAbsent, seededAverage, towards } from "../phrases.js";

export const rma: FusedKernel = {
  name: "rma",
  looksBackOn: [],
  write(draft) {
    const weight = draft.constant(divide(double(1), draft.parameter(0)));
    const value = draft.input(0);
    return seededAverage(draft, value, isAbsent(value), (average) => towards(average, value, weight));
  },
};
