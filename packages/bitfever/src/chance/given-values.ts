import { BitFeverError, defaultValues } from "@bitfever/lang";
import { paramsOf } from "@bitfever/engine";
import type { OptimizeOptions } from "../optimize/optimize-options.js";
import type { ParameterInput } from "../parameters.js";
import type { Strategy } from "../strategy.js";

const ofSearch = ["method", "options", "trials"] as const;

/**
 * Options under which a search of a strategy has one point: the values that are given, and the defaults of the others.
 *
 * @throws BitFeverError BF5144 for what only a search has
 */
export function atGivenValues({ program }: Strategy, options: OptimizeOptions): OptimizeOptions {
  for (const name of ofSearch)
    if (options[name] !== undefined)
      throw new BitFeverError(
        "BF5144",
        `\`${name}\` is about a search, and the strategy is run with the values it has`,
        {
          hint: "leave it out; a permutation test of the whole search is asked for by `search`",
        },
      );
  const defaults = paramsOf(program, defaultValues(program)) as ParameterInput;
  return { ...options, params: { ...defaults, ...options.params } };
}
