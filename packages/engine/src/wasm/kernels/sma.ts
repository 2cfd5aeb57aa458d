import { divide, type Double } from "../code.js";
import type { FusedKernel } from "../fused-kernel.js";
import { ofNumber } from "../operand.js";
import { absent, slidingSums } from "../phrases.js";

export const sma: FusedKernel = {
  name: "sma",
  looksBackOn: [0],
  write(draft) {
    const [sum, mean] = [draft.number(), draft.local("f64")];
    const sums = [{ sum, of: (value: Double) => value }];
    const full = [mean.set(divide(sum.value, draft.parameter(0)))];
    return { step: slidingSums(draft, sums, full, [mean.set(absent)]), outputs: [ofNumber(mean.value)] };
  },
};
