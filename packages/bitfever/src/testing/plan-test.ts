import {
  BitFeverError,
  specialise,
  warmupName,
  type ParameterValues,
  type Plan,
  type Program,
  type TypedExpression,
} from "@bitfever/lang";
import { catalogue } from "@bitfever/engine";

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
): Plan {
  if (program.universe !== null || program.markets.length > 0)
    throw new BitFeverError(
      "BF5050",
      `"${program.name}" reads more than one symbol, which tests cannot give it yet`,
      {
        hint: "put what is to be tested into functions of a file of its own, and test it there",
      },
    );
  const { warmup } = specialise(program, catalogue, values);
  const asked = { name: warmupName, type: "bars", default: warmup, range: null } as const;
  const lets = [
    ...program.lets.map((each) => ({ ...each, hidden: true as const })),
    ...wanted.map((value, i) => ({ name: `wanted#${i}`, value })),
  ];
  const asking = { ...program, parameters: [...program.parameters, asked], lets };
  return specialise(asking, catalogue, values, { withLets: true });
}
