import type { Builtin } from "@bitfever/lang";
import { elementwise } from "./elementwise.js";
import { functions } from "./functions/index.generated.js";
import { indicators } from "./indicators/index.generated.js";
import type { Kernel } from "./kernel.js";

/** Every function of the language, as the compiler wants to know it. */
export const catalogue: ReadonlyMap<string, Builtin> = new Map(
  [...indicators, ...functions].map((each) => [each.name, each]),
);

/** Everything a node of a plan can ask for, by the name the plan uses. */
export const kernels: ReadonlyMap<string, Kernel> = new Map<string, Kernel>([
  ...elementwise,
  ...[...indicators, ...functions].map((each) => [each.name, each] as const),
]);
