import {
  specialise,
  warmupName,
  type ParameterValues,
  type Plan,
  type Program,
  type TypedExpression,
} from "@bitfever/lang";
import { catalogueWith } from "@bitfever/engine";
import type { OwnIndicators } from "../compilation.js";

/**
 * The plan of a program with the wanted values as its only outputs. They delay no order, and may ask for the warm-up of
 * the plan without them.
 *
 * @throws BitFeverError BF5002 for values the program does not allow
 */
export function planTest(
  program: Program,
  values: ParameterValues,
  wanted: readonly TypedExpression[],
  { indicators }: OwnIndicators,
): Plan {
  const known = catalogueWith(indicators);
  const { warmup } = specialise(program, known, values);
  const asked = { name: warmupName, type: "bars", default: warmup, range: null } as const;
  const lets = [
    ...program.lets.map((each) => ({ ...each, hidden: true as const })),
    ...wanted.map((value, i) => ({ name: `wanted#${i}`, value })),
  ];
  const asking = { ...program, parameters: [...program.parameters, asked], lets };
  return specialise(asking, known, values, { withLets: true });
}
