import type { Indicator } from "../indicator.js";
import { indicatorLaws } from "./laws.js";
import { runIndicator } from "./run-alone.js";
import { portsOf, trialsOf } from "./trial.js";

/** A law that an indicator does not keep, and where. */
export interface BrokenLaw {
  readonly law: string;
  /** What was found, and with which parameters on how many bars. */
  readonly problem: string;
}

/**
 * The laws that an indicator breaks: those every indicator of the catalogue is under.
 *
 * @param options.seed  chooses the columns it is tried on
 * @param options.runs  on how many
 * @example
 * expect(checkIndicator(mine)).toEqual([]); // in a test; `mine` is from `defineIndicator`
 */
export function checkIndicator(
  indicator: Indicator,
  { seed = 1, runs = 60 }: { readonly seed?: number; readonly runs?: number } = {},
): readonly BrokenLaw[] {
  const trials = [...trialsOf(indicator, { seed, runs })];
  const broken = indicatorLaws.flatMap((law): BrokenLaw[] => {
    for (const trial of trials) {
      const problem = law.broken(indicator, trial);
      if (problem === null) continue;
      const { parameters, inputs } = trial;
      const given = parameters.length === 0 ? "" : ` with ${parameters.join(", ")}`;
      return [{ law: law.name, problem: `${problem} (${inputs[0].length} bars${given})` }];
    }
    return [];
  });
  return [...brokenExamples(indicator), ...broken];
}

function brokenExamples(indicator: Indicator): readonly BrokenLaw[] {
  const law = "it does what its examples say";
  if (indicator.examples.length === 0) return [{ law, problem: "there is none" }];
  const column = (values: readonly (number | null)[]): Float64Array =>
    Float64Array.from(values, (each) => each ?? NaN);
  return indicator.examples.flatMap(({ parameters, inputs, outputs }) => {
    const given = portsOf(indicator).map(({ name }) => column(inputs[name]));
    const found = runIndicator(indicator, parameters, given);
    return indicator.outputs.flatMap(({ name }, i) => {
      const expected = column(outputs[name]);
      const wrong = expected.findIndex((value, bar) =>
        Number.isNaN(value)
          ? !Number.isNaN(found[i][bar])
          : !(Math.abs(found[i][bar] - value) <= 1e-12 * Math.max(1, Math.abs(value))),
      );
      if (wrong < 0) return [];
      return [
        { law, problem: `\`${name}\` on bar ${wrong + 1} is ${found[i][wrong]}, not ${expected[wrong]}` },
      ];
    });
  });
}
