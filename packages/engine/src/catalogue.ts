import { BitFeverError, type Builtin, type Catalogue } from "@bitfever/lang";
import { elementwise } from "./elementwise.js";
import { functions } from "./functions/index.generated.js";
import type { Indicator } from "./indicator.js";
import { indicators } from "./indicators/index.generated.js";
import type { Kernel } from "./kernel.js";

/** Every function of the language, as the compiler wants to know it. */
export const catalogue: Catalogue = new Map<string, Builtin>(
  [...indicators, ...functions].map((each) => [each.name, each]),
);

/**
 * The catalogue with indicators of one's own.
 *
 * @throws BitFeverError BF5065 for a name that is taken
 */
export function catalogueWith(own: readonly Indicator[] = []): Catalogue {
  if (own.length === 0) return catalogue;
  const all = new Map(catalogue);
  for (const each of own) {
    if (all.has(each.name))
      throw new BitFeverError("BF5065", `there is an indicator \`${each.name}\` already`, {
        hint: "give yours a name of its own",
      });
    all.set(each.name, each);
  }
  return all;
}

/** Everything a node of a plan can ask for, by the name the plan uses. */
export const kernels: ReadonlyMap<string, Kernel> = new Map<string, Kernel>([
  ...elementwise,
  ...[...indicators, ...functions].map((each) => [each.name, each] as const),
]);
