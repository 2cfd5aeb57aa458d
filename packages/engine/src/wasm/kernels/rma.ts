import { add, divide, double, multiply, subtract } from "../code.js";
import type { FusedKernel } from "../fused-kernel.js";
import { ofNumber } from "../operand.js";
import { absent, isAbsent, seededAverages } from "../phrases.js";

export const rma: FusedKernel = {
  name: "rma",
  looksBackOn: [],
  write(draft) {
    const { input, parameter, number, local, constant } = draft;
    const weight = constant(divide(double(1), parameter(0)));
    const [average, out] = [number(), local("f64")];
    const value = input(0);
    const next = add(average.value, multiply(subtract(value, average.value), weight));
    return {
      step: [
        seededAverages(
          draft,
          [{ average, value, next }],
          isAbsent(value),
          [out.set(average.value)],
          [out.set(absent)],
        ),
      ],
      outputs: [ofNumber(out.value)],
    };
  },
};
