import { defineFunction } from "../function.js";

/** Powers of ten, each exact. */
const powers = Float64Array.from({ length: 16 }, (_, decimals) => Number(`1e${decimals}`));

function rounded(x: number, decimals: number): number {
  const power = powers[Math.abs(decimals)];
  // Not whole, or too many.
  if (power === undefined) return NaN;
  const size = Math.abs(x);
  const whole = Math.floor(decimals < 0 ? size / power : size * power);
  // Larger doubles have no digit there.
  if (whole >= 2 ** 52) return x;
  // A quotient of two exact numbers is the double that the decimal number is read as, so halves are met as written.
  const half = decimals < 0 ? (whole + 0.5) * power : (whole + 0.5) / power;
  const nearest = size >= half ? whole + 1 : whole;
  return Math.sign(x) * (decimals < 0 ? nearest * power : nearest / power);
}

export const round = defineFunction({
  name: "round",
  summary: "Rounded",
  description:
    "The value with `decimals` decimals, halves away from zero: `round(2.5)` is 3 and `round(-2.5)` is -3. What " +
    "is a half as it is written counts as one, though its double may lie a hair below: `round(1.005, 2)` is 1.01. " +
    "`decimals` is a whole number from -15 to 15, and below zero rounds to tens, hundreds and so on.",
  source: "IEC 60559 roundTiesToAway, of what is written in decimals; Pine v6 math.round takes halves up",
  inputs: [
    { name: "x", type: "same" },
    { name: "decimals", type: "ratio", default: 0 },
  ],
  output: "same",
  evaluate: rounded,
  examples: [
    { inputs: [2.5, 0], output: 3 },
    { inputs: [-2.5, 0], output: -3 },
    { inputs: [2.4, 0], output: 2 },
    { inputs: [1.005, 2], output: 1.01 },
    { inputs: [-1.115, 2], output: -1.12 },
    { inputs: [1250, -2], output: 1300 },
    { inputs: [-0.4, 0], output: 0 },
    { inputs: [1, 0.5], output: null },
    { inputs: [null, 0], output: null },
  ],
});
