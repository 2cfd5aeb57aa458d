import { add, divide, double, multiply, subtract } from "../code.js";
import type { FusedKernel } from "../fused-kernel.js";
import { ofNumber } from "../operand.js";
import { absent, isAbsent, seededAverages } from "../phrases.js";

export const ema: FusedKernel = {
  name: "ema",
  looksBackOn: [],
  write(draft) {
    const { input, parameter, number, local, constant } = draft;
    const weight = constant(divide(double(2), add(parameter(0), double(1))));
    const [average, out] = [number(), local("f64")];
    const value = input(0);
    const next = add(multiply(subtract(value, average.value), weight), average.value);
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
