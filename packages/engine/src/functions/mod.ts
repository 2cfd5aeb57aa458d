import { defineFunction } from "../function.js";

// The remainder of the machine is exact, where `a - b * floor(a / b)` would round twice.
function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

export const mod = defineFunction({
  name: "mod",
  summary: "Remainder of a division",
  description:
    "What is left of `a` after taking away `b` as many whole times as fit, rounded down: it has the sign of `b`, " +
    "so `mod(-1, 5)` is 4. None where `b` is 0. (The `%` of Pine and of C has the sign of `a`.)",
  source: "Knuth, The Art of Computer Programming 1, section 1.2.4",
  inputs: [
    { name: "a", type: "same" },
    { name: "b", type: "same" },
  ],
  output: "same",
  evaluate: remainder,
  examples: [
    { inputs: [7, 3], output: 1 },
    { inputs: [-1, 5], output: 4 },
    { inputs: [1, -5], output: -4 },
    { inputs: [-4, 2], output: 0 },
    { inputs: [5.5, 2], output: 1.5 },
    { inputs: [1, 0], output: null },
    { inputs: [null, 2], output: null },
  ],
});
